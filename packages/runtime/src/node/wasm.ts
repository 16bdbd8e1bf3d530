import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { availableParallelism } from 'node:os'
import { setFlagsFromString } from 'node:v8'
import { Worker } from 'node:worker_threads'
import * as tf from '@tensorflow/tfjs'
import { BackendWasm, setThreadsCount } from '@tensorflow/tfjs-backend-wasm'
import type { Candidate, Started } from '../choice.ts'
import { maxThreads } from '../threads.ts'
import { type WorkerContext, workerSource } from '../wasm/pool-worker.ts'
import { registerWasmTrainingKernels } from '../wasm/register.ts'
import { getThreadPool, hasRelaxedSimd, hasSimd, type ThreadPool } from '../wasm/thread-pool.ts'
import type { NodeBackend } from './node-backend.ts'
import { readPackageVersion } from './packages.ts'
import { loadThreadedModule, withoutGlobalSideEffects } from './wasm-module.ts'

type Factory = NonNullable<ReturnType<typeof tf.findBackendFactory>>

export const wasmBackend: NodeBackend = {
  name: 'wasm',
  backend: 'wasm',
  createCandidate: (_, { threads }) => createWasmCandidate(threads),
  readVersion: () => readPackageVersion('@tensorflow/tfjs-backend-wasm'),
}

// tfjs has one wasm backend in a process, and its tensors live and die with it.
let stockFactory: Factory | undefined
let pool: ThreadPool | undefined
let running:
  | { readonly factory: Factory | null; readonly wanted: number; readonly started: Started }
  | undefined

/** WebAssembly with SIMD, gankit's training kernels and threads. */
export function createWasmCandidate(
  threads: number = Math.min(maxThreads, availableParallelism()),
): Candidate {
  return {
    backend: 'wasm',
    async start() {
      // Node 20 has relaxed SIMD behind this flag; later versions need no flag and know none.
      if (hasSimd() && !hasRelaxedSimd()) setFlagsFromString('--experimental-wasm-relaxed-simd')
      registerWasmTrainingKernels()
      const isSame = running?.wanted === threads && running.factory === tf.findBackendFactory('wasm')
      if (running && isSame && (await tf.setBackend('wasm'))) return running.started
      const note = await start(threads)
      const started = {
        threads: pool?.threads ?? 1,
        reason: `WebAssembly with SIMD and gankit's training kernels${note}`,
      }
      running = { factory: tf.findBackendFactory('wasm'), wanted: threads, started }
      return started
    },
  }
}

/** @returns what to add to the reason where fewer threads run than were requested */
async function start(threads: number): Promise<string> {
  checkMemory()
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

/** @throws Error where the system gives WebAssembly no memory: then tfjs would only say that its backend can't start */
function checkMemory(): void {
  try {
    new WebAssembly.Memory({ initial: 256, maximum: 65_536, shared: true })
  } catch (error) {
    throw new Error(
      `the system gives WebAssembly no memory (${(error as Error).message}): raise the limit on addresses, such as by ulimit -v unlimited`,
    )
  }
}

async function startThreaded(threads: number): Promise<void> {
  const script = createRequire(import.meta.url).resolve(
    '@tensorflow/tfjs-backend-wasm/wasm-out/tfjs-backend-wasm-threaded-simd.js',
  )
  const wasm = await loadThreadedModule(script, await readFile(script.replace(/\.js$/, '.wasm')))
  type Module = ConstructorParameters<typeof BackendWasm>[0]
  await replaceBackend(() => new BackendWasm(wasm as unknown as Module))
  pool?.start(threads - 1, startWorkerThread)
}

async function startSingle(): Promise<void> {
  const factory = stockFactory ?? tf.findBackendFactory('wasm')
  if (!factory) throw new Error('tfjs has no wasm backend')
  await withoutGlobalSideEffects(() => replaceBackend(factory))
}

async function replaceBackend(factory: Factory): Promise<void> {
  const before = tf.findBackendFactory('wasm')
  if (before) {
    stockFactory ??= before
    tf.removeBackend('wasm')
  }
  // The stock kernels run on the calling thread: workers of theirs would spin beside those of gankit's pool.
  setThreadsCount(1)
  tf.registerBackend('wasm', factory)
  if (!(await tf.setBackend('wasm'))) throw new Error('tfjs could not initialise its wasm backend')
  pool?.stop()
  pool = getThreadPool(tf.backend() as BackendWasm)
}

/** Starts a worker of the pool, as a thread that doesn't keep the process alive. */
function startWorkerThread(context: WorkerContext, fail: (why: string) => void): void {
  const source = `const { workerData } = require('node:worker_threads');(${workerSource})(workerData)`
  const worker = new Worker(source, { eval: true, workerData: context, execArgv: [] })
  // If the worker fails to start, everything runs on one thread less.
  worker.on('error', error => fail(error.message))
  worker.unref()
}
