import * as tf from '@tensorflow/tfjs'
import {
  type BackendWasm,
  getThreadsCount,
  setThreadsCount,
  setWasmPaths,
} from '@tensorflow/tfjs-backend-wasm'
import type { Candidate } from '../choice.ts'
import { maxThreads } from '../threads.ts'
import { registerWasmTrainingKernels } from '../wasm/register.ts'
import { getThreadPool, type ThreadPool } from '../wasm/thread-pool.ts'
import { withTimeout } from './with-timeout.ts'

export type WasmPaths = Parameters<typeof setWasmPaths>[0]

/** WebAssembly with the training kernels, on as many threads as the page allows. */
export function createWasmCandidate(
  threads: number = Math.min(maxThreads, navigator.hardwareConcurrency),
  paths?: WasmPaths,
): Candidate {
  return {
    backend: 'wasm',
    async start() {
      registerWasmTrainingKernels()
      if (!('wasm' in tf.engine().registry)) {
        setThreadsCount(threads)
        if (paths !== undefined) setWasmPaths(paths)
      }
      const ready = withCores(2 * threads, () => withTimeout(60, 'its workers', tf.setBackend('wasm')))
      if (!(await ready))
        throw new Error(
          'tfjs could not initialise it: are its .wasm files served, and do wasmPaths say where?',
        )
      await waitForWorkers(getThreadPool(tf.backend() as BackendWasm))
      const running = getThreadsCount()
      return {
        threads: running,
        reason: `WebAssembly with gankit's training kernels${explainThreads(threads, running)}`,
      }
    },
  }
}

/**
 * Waits for the workers of the training kernels: a worker starts only while its page is idle, and training may never be
 * idle. Training goes on without workers that don't start in time.
 */
async function waitForWorkers(pool: ThreadPool | undefined, seconds = 5): Promise<void> {
  const end = performance.now() + 1000 * seconds
  while (pool && pool.started < pool.threads - 1 && performance.now() < end)
    await new Promise(resolve => setTimeout(resolve, 10))
}

/** Fakes the number of logical cores while the binary starts, which takes no more threads than half of them. */
async function withCores<T>(cores: number, start: () => Promise<T>): Promise<T> {
  Object.defineProperty(navigator, 'hardwareConcurrency', { value: cores, configurable: true })
  try {
    return await start()
  } finally {
    Reflect.deleteProperty(navigator, 'hardwareConcurrency')
  }
}

function explainThreads(wanted: number, running: number): string {
  if (wanted === running) return ''
  if (!crossOriginIsolated)
    return ', on one thread: more need a page that is isolated, by the headers Cross-Origin-Opener-Policy: same-origin and Cross-Origin-Embedder-Policy: require-corp'
  return `, not on ${wanted} threads, as it was started with ${running} before`
}
