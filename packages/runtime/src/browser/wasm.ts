import * as tf from '@tensorflow/tfjs'
import { BackendWasm, getThreadsCount, setThreadsCount } from '@tensorflow/tfjs-backend-wasm'
import type { Candidate } from '../choice.ts'
import { maxThreads } from '../threads.ts'
import { startWebWorker } from '../wasm/pool-worker.ts'
import { registerWasmTrainingKernels } from '../wasm/register.ts'
import { getThreadPool, hasSimd, type ThreadPool } from '../wasm/thread-pool.ts'
import { loadModule, type WasmPaths } from './wasm-module.ts'

type Module = ConstructorParameters<typeof BackendWasm>[0]

/** WebAssembly with the training kernels, on as many threads as the page allows. */
export function createWasmCandidate(
  threads: number = Math.min(maxThreads, navigator.hardwareConcurrency),
  paths?: WasmPaths,
): Candidate {
  return {
    backend: 'wasm',
    async start() {
      registerWasmTrainingKernels()
      const isRunning = 'wasm' in tf.engine().registry
      const note = isRunning ? '' : await start(threads, paths)
      if (!(await tf.setBackend('wasm'))) throw new Error('tfjs could not initialise it')
      const pool = getThreadPool(tf.backend() as BackendWasm)
      const running = pool?.threads ?? getThreadsCount()
      return {
        threads: running,
        reason: `WebAssembly with gankit's training kernels${note || explainThreads(threads, running)}`,
      }
    },
  }
}

/**
 * Loads tfjs's module and starts gankit's pool on it.
 * @returns what to add to the reason where fewer threads run than were requested, and the page would allow them
 * @throws Error that says why the module can't be loaded
 */
async function start(threads: number, paths: WasmPaths | undefined): Promise<string> {
  if (threads === 1 || !crossOriginIsolated || !hasSimd()) {
    await registerModule(false, paths)
    return ''
  }
  let why: string
  try {
    const pool = await registerModule(true, paths)
    pool?.start(threads - 1, startWebWorker)
    await waitForWorkers(pool)
    if (!pool || pool.threads > 1) return ''
    why = pool.failure ?? 'no worker started'
  } catch (error) {
    why = (error as Error).message.split('\n')[0]!
    await registerModule(false, paths)
  }
  return `, on one thread because more could not be started (${why})`
}

/** Makes a module the backend. The engine never waits for it: a backend that is pending blocks all others. */
async function registerModule(
  shared: boolean,
  paths: WasmPaths | undefined,
): Promise<ThreadPool | undefined> {
  const module = (await loadModule(shared, paths)) as unknown as Module
  if (tf.findBackendFactory('wasm')) tf.removeBackend('wasm')
  // The stock kernels run on the calling thread: workers of theirs would spin beside those of gankit's pool.
  setThreadsCount(1)
  tf.registerBackend('wasm', () => new BackendWasm(module))
  if (!(await tf.setBackend('wasm'))) throw new Error('tfjs could not initialise it')
  return getThreadPool(tf.backend() as BackendWasm)
}

/**
 * Waits until the workers of the training kernels have started or failed: a worker starts only while its page is idle, and
 * training may never be idle. Training goes on without workers that don't start in time.
 */
async function waitForWorkers(pool: ThreadPool | undefined, seconds = 5): Promise<void> {
  const end = performance.now() + 1000 * seconds
  while (pool && pool.started < pool.threads - 1 && performance.now() < end)
    await new Promise(resolve => setTimeout(resolve, 10))
}

function explainThreads(wanted: number, running: number): string {
  if (wanted === running) return ''
  if (!crossOriginIsolated)
    return ', on one thread: more need a page that is isolated, by the headers Cross-Origin-Opener-Policy: same-origin and Cross-Origin-Embedder-Policy: require-corp'
  if (!hasSimd()) return ', on one thread: more need SIMD, which this browser lacks'
  return `, not on ${wanted} threads, as it was started with ${running} before`
}
