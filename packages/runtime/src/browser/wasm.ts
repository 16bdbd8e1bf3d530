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

/** WebAssembly with the training kernels, on as many threads as the page may have. */
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
      await started(getThreadPool(tf.backend() as BackendWasm))
      const running = getThreadsCount()
      return {
        threads: running,
        reason: `WebAssembly with gankit's training kernels${note(threads, running)}`,
      }
    },
  }
}

/**
 * Waits for the threads of the training kernels: a worker starts while its page does nothing, and training may never do
 * nothing. Those that don't come in time are not missed.
 */
async function started(pool: ThreadPool | undefined, seconds = 5): Promise<void> {
  const end = performance.now() + 1000 * seconds
  while (pool && pool.started < pool.threads - 1 && performance.now() < end)
    await new Promise(resolve => setTimeout(resolve, 10))
}

/** The binary takes no more threads than half of the logical cores, which it asks of the browser as it starts. */
async function withCores<T>(cores: number, start: () => Promise<T>): Promise<T> {
  Object.defineProperty(navigator, 'hardwareConcurrency', { value: cores, configurable: true })
  try {
    return await start()
  } finally {
    Reflect.deleteProperty(navigator, 'hardwareConcurrency')
  }
}

function note(wanted: number, running: number): string {
  if (wanted === running) return ''
  if (!crossOriginIsolated)
    return ', on one thread: more need a page that is isolated, by the headers Cross-Origin-Opener-Policy: same-origin and Cross-Origin-Embedder-Policy: require-corp'
  return `, not on ${wanted} threads, as it was started with ${running} before`
}
