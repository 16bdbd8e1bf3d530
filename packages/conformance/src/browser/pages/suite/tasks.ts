import { type BackendChoice, wasmThreads } from '@gankit/runtime'
import { type SelectOptions, selectBackend } from '@gankit/runtime/browser'
import { cases, type SuiteSize } from '../../../suite/index.ts'
import { type Results, runCases, selectCases } from '../../results.ts'

/** A task for a page or a worker. */
export interface Task {
  /** Options of `selectBackend`; the answer holds its choice or the message of its error. */
  readonly select?: SelectOptions
  /** Then runs the cases whose names contain one of these words; all cases where the list is empty. */
  readonly cases?: readonly string[]
  /** How many sizes of each operation there are. Default 'short'. */
  readonly size?: SuiteSize
}

export interface Answer {
  readonly choice?: BackendChoice
  readonly error?: string
  readonly results?: Results
  /** For wasm, the number of worker threads that had started in the end. */
  readonly started?: number
}

export async function answer(task: Task): Promise<Answer> {
  const { choice, error } = await select(task.select ?? {})
  if (!choice || !task.cases) return { ...(choice && { choice }), ...(error && { error }) }
  const results = await runCases(selectCases(task.cases, cases({ size: task.size ?? 'short' })))
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
