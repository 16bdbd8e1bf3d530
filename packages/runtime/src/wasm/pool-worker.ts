/** The workers of a thread pool: their program, and how a page starts one. */

/** What a worker needs: it runs `workerSource` on this, which returns when the pool is stopped. */
export interface WorkerContext {
  readonly module: WebAssembly.Module
  readonly memory: WebAssembly.Memory
  /** Address of the pool's control block in the memory. */
  readonly controlBlock: number
  /** Number of the thread; the thread that calls kernels is 0. */
  readonly thread: number
}

/**
 * The source of a worker's function, for a thread that has loaded nothing else. If a kernel fails on the worker, the
 * function sets the flag of the control block that makes the job fail.
 */
export const workerSource = `({ module, memory, controlBlock, thread }) => {
  try {
    new WebAssembly.Instance(module, { env: { memory } }).exports.runWorker(controlBlock, thread)
  } catch (error) {
    Atomics.store(new Int32Array(memory.buffer), (controlBlock + 24) / 4, 1)
    throw error
  }
}`

/** Whether this is a page or a worker of a page, which start threads as web workers. */
export const canStartWebWorkers = (): boolean =>
  typeof Worker === 'function' && typeof URL.createObjectURL === 'function' && typeof Blob === 'function'

/**
 * Starts a web worker for a pool. The worker's program is a text of its own, which no minifier changes.
 * @param fail is told why, where the page forbids the worker or the worker ends with an error
 */
export function startWebWorker(context: WorkerContext, fail: (why: string) => void): void {
  const source = `onmessage = ({ data }) => (${workerSource})(data)`
  const address = URL.createObjectURL(new Blob([source], { type: 'text/javascript' }))
  try {
    const worker = new Worker(address)
    worker.onerror = event => {
      event.preventDefault()
      fail(event.message || 'the page forbids workers from blob: addresses')
    }
    worker.postMessage(context)
  } catch (error) {
    fail((error as Error).message)
  } finally {
    // Browsers read the address when the worker starts, well within a minute.
    setTimeout(() => URL.revokeObjectURL(address), 60_000)
  }
}
