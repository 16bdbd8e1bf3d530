import { type BackendChoice, wasmThreads } from '@gankit/runtime'
import { type SelectOptions, selectBackend } from '@gankit/runtime/browser'
import { cases } from '../../suite/index.ts'
import { named, type Results, runCases } from '../results.ts'

/** What a page or a worker can be asked to do. */
export interface Task {
  /** Chooses a backend; what was chosen comes back, or the text of the error. */
  readonly select?: SelectOptions
  /** Then runs the cases whose names contain one of these words; all of them where there is none. */
  readonly cases?: readonly string[]
}

export interface Answer {
  readonly choice?: BackendChoice
  readonly error?: string
  readonly results?: Results
  /** Threads of the wasm backend beside its own that have started in the end. */
  readonly started?: number
}

export async function answer(task: Task): Promise<Answer> {
  const { choice, error } = await select(task.select ?? {})
  if (!choice || !task.cases) return { ...(choice && { choice }), ...(error && { error }) }
  const results = await runCases(named(task.cases, cases({ size: 'short' })))
  const threads = wasmThreads()
  return { choice, results, ...(threads && { started: threads.started }) }
}

async function select(options: SelectOptions): Promise<{ choice?: BackendChoice; error?: string }> {
  try {
    const wasmPaths = new URL('./wasm/', self.location.href).href
    return { choice: await selectBackend({ wasmPaths, ...options }) }
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) }
  }
}
