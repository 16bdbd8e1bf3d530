import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { availableParallelism } from 'node:os'
import { setFlagsFromString } from 'node:v8'
import * as tf from '@tensorflow/tfjs'
import { BackendWasm, getThreadsCount, setThreadsCount } from '@tensorflow/tfjs-backend-wasm'
import type { Candidate } from '../choice.ts'
import { maxThreads } from '../threads.ts'
import { registerWasmTrainingKernels } from '../wasm/register.ts'
import { hasRelaxedSimd, hasSimd, type Team, teamOf } from '../wasm/team.ts'
import { startHelper } from './wasm-helper.ts'
import { loadThreadedModule } from './wasm-module.ts'
import { withoutTraces } from './without-traces.ts'

type Started = Awaited<ReturnType<Candidate['start']>>
type Factory = NonNullable<ReturnType<typeof tf.findBackendFactory>>

// tfjs has one wasm backend a process, and its tensors live and die with it.
let stock: Factory | undefined
let team: Team | undefined
let running:
  | { readonly factory: Factory | null; readonly asked: number; readonly started: Started }
  | undefined

/** WebAssembly with SIMD, gankit's training kernels and threads. */
export function wasmCandidate(threads: number = Math.min(maxThreads, availableParallelism())): Candidate {
  return {
    backend: 'wasm',
    async start() {
      // Node 20 has it behind this flag; where it is not known it is not needed.
      if (hasSimd() && !hasRelaxedSimd()) setFlagsFromString('--experimental-wasm-relaxed-simd')
      registerWasmTrainingKernels()
      const again = running?.asked === threads && running.factory === tf.findBackendFactory('wasm')
      if (running && again && (await tf.setBackend('wasm'))) return running.started
      const note = await start(threads)
      const started = {
        threads: getThreadsCount(),
        reason: `WebAssembly with SIMD and gankit's training kernels${note}`,
      }
      running = { factory: tf.findBackendFactory('wasm'), asked: threads, started }
      return started
    },
  }
}

/** @returns what to add to the reason where there are fewer threads than asked for */
async function start(threads: number): Promise<string> {
  let note = ''
  if (threads > 1) {
    try {
      await startThreaded(threads)
      return note
    } catch (error) {
      const why = (error as Error).message.split('\n')[0]
      note = `, on one thread because more could not be started (${why})`
    }
  }
  await startSingle()
  return note
}

async function startThreaded(threads: number): Promise<void> {
  const script = createRequire(import.meta.url).resolve(
    '@tensorflow/tfjs-backend-wasm/wasm-out/tfjs-backend-wasm-threaded-simd.js',
  )
  const binary = await readFile(script.replace(/\.js$/, '.wasm'))
  const wasm = await loadThreadedModule(script, binary, threads)
  try {
    await become(
      () => new BackendWasm(wasm as unknown as ConstructorParameters<typeof BackendWasm>[0]),
      threads,
    )
  } finally {
    // Only now has the pool its threads: what is left of the eight workers would only hold memory.
    for (const worker of wasm.PThread.unusedWorkers.splice(0)) void worker.terminate()
    for (const worker of wasm.PThread.runningWorkers) worker.unref()
  }
}

async function startSingle(): Promise<void> {
  const factory = stock ?? tf.findBackendFactory('wasm')
  if (!factory) throw new Error('tfjs has no wasm backend')
  await withoutTraces(() => become(factory, 1))
}

async function become(factory: Factory, threads: number): Promise<void> {
  const before = tf.findBackendFactory('wasm')
  if (before) {
    stock ??= before
    tf.removeBackend('wasm')
  }
  setThreadsCount(threads)
  tf.registerBackend('wasm', factory)
  if (!(await tf.setBackend('wasm'))) throw new Error('tfjs could not initialise its wasm backend')
  team?.dismiss()
  team = teamOf(tf.backend() as BackendWasm)
  team?.hire(getThreadsCount() - 1, startHelper)
}
