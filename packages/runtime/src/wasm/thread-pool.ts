import * as tf from '@tensorflow/tfjs'
import type { WasmBackend } from './kernels.ts'
import { checkAllocations } from './memory.ts'
import { modules } from './modules.data.ts'
import { canStartWebWorkers, startWebWorker, type WorkerContext } from './pool-worker.ts'

/** The kernels of the compiled module, by their numbers in it. */
export const kernelNumbers = {
  rows: 0,
  columns: 1,
  pad: 2,
  adam: 3,
  leaky: 4,
  sumRows: 5,
  batchNorm: 6,
  batchNormGrad: 7,
  squaredSum: 8,
  reflectionGrad: 9,
} as const

/** Starts a thread that runs `workerSource`, and reports why it could not be started or ended. */
type StartWorker = (context: WorkerContext, fail: (why: string) => void) => void

/** The kernels of one wasm backend: a second module in the memory of tfjs's own, and the threads that run it. */
export interface ThreadPool {
  /** Threads, that of the caller included; of the workers, those that have not failed. */
  readonly threads: number
  /** Pieces of memory that a kernel needs where every thread has one of its own: a worker that failed keeps its number. */
  readonly places: number
  /** Workers that have started, which they do in their own time. */
  readonly started: number
  /** Whether a product and a sum are rounded once (relaxed SIMD). */
  readonly relaxed: boolean
  /** Runs all chunks of a kernel. @param floats arguments that follow the words */
  run(
    kernel: keyof typeof kernelNumbers,
    chunks: number,
    words: readonly number[],
    floats?: readonly number[],
  ): void
  /** Calls `use` with the address of so many bytes, which are freed afterwards. */
  borrow<Result>(bytes: number, use: (address: number) => Result): Result
  /** A copy of the doubles at an address. */
  doubles(address: number, count: number): Float64Array
  /** Sets memory to zero. */
  clear(address: number, bytes: number): void
  /** Why the worker that failed last did so: one that could not be started, or that ended with an error. */
  readonly failure: string | undefined
  /** Adds workers up to this number; `startWorker` starts each. Adds none where the memory is not shared. */
  start(workers: number, startWorker: StartWorker): void
  /** Ends the workers for good. */
  stop(): void
}

interface Exports {
  run(controlBlock: number, kernel: number, chunks: number, workers: number): void
  stopWorkers(controlBlock: number): void
}

interface Host {
  readonly wasmMemory?: WebAssembly.Memory
  readonly asm: { readonly memory?: WebAssembly.Memory }
  readonly tfjs?: { getThreadsCount?(): number }
  _malloc(bytes: number): number
  _free(address: number): void
}

const pools = new WeakMap<object, ThreadPool | null>()
const controlBlockBytes = 256

/**
 * The thread pool of a backend. In a page the pool has as many threads as tfjs's own from the start; in Node
 * `createWasmCandidate` starts the workers.
 * @returns undefined where the engine has no SIMD: then only the stock kernels run
 */
export function getThreadPool(backend: WasmBackend): ThreadPool | undefined {
  const host = backend.wasm as unknown as Host
  let pool = pools.get(host)
  if (pool === undefined) {
    checkAllocations(host)
    pool = createThreadPool(host) ?? null
    pools.set(host, pool)
    const stockThreads = host.tfjs?.getThreadsCount?.() ?? 1
    if (canStartWebWorkers()) pool?.start(stockThreads - 1, startWebWorker)
  }
  return pool ?? undefined
}

/**
 * The threads on which the training kernels of wasm run, that of the caller included; how many of the others have
 * `started`; and whether sums and products are rounded once (`relaxed`).
 * @returns undefined where another backend runs
 */
export function wasmThreads(): Pick<ThreadPool, 'threads' | 'started' | 'relaxed'> | undefined {
  if (tf.getBackend() !== 'wasm') return undefined
  const pool = getThreadPool(tf.backend() as WasmBackend)
  return pool && { threads: pool.threads, started: pool.started, relaxed: pool.relaxed }
}

const decodeBase64 = (base64: string) => Uint8Array.from(atob(base64), letter => letter.charCodeAt(0))

/** Whether this engine has SIMD, which the kernels need. */
export function hasSimd(): boolean {
  return WebAssembly.validate(decodeBase64(modules.own.plain))
}

/** Whether this engine has relaxed SIMD, with which products are twice as fast. */
export function hasRelaxedSimd(): boolean {
  return WebAssembly.validate(decodeBase64(modules.own.relaxed))
}

function createThreadPool(host: Host): ThreadPool | undefined {
  const memory = host.wasmMemory ?? host.asm.memory
  if (!memory) return undefined
  const shared = typeof SharedArrayBuffer !== 'undefined' && memory.buffer instanceof SharedArrayBuffer
  const { plain, relaxed } = modules[shared ? 'shared' : 'own']
  const supported = [relaxed, plain].find(base64 => WebAssembly.validate(decodeBase64(base64)))
  if (!supported) return undefined
  const module = new WebAssembly.Module(decodeBase64(supported))
  const instance = new WebAssembly.Instance(module, { env: { memory } })
  const { run, stopWorkers } = instance.exports as unknown as Exports
  // A sum of addresses is signed again behind `&`.
  const controlBlock = ((host._malloc(controlBlockBytes + 64) + 63) & ~63) >>> 0
  new Uint8Array(memory.buffer, controlBlock, controlBlockBytes).fill(0)
  let workers = 0
  let failed = 0
  let failure: string | undefined
  let stopped = false
  const fail = (why: string): void => {
    if (stopped) return
    failure = why
    failed++
  }
  return {
    get threads() {
      return workers - failed + 1
    },
    get places() {
      return workers + 1
    },
    get failure() {
      return failure
    },
    get started() {
      if (!shared) return 0
      return Atomics.load(new Int32Array(memory.buffer, controlBlock, 16), 7)
    },
    relaxed: supported === relaxed,
    run(kernel, chunks, words, floats = []) {
      new Int32Array(memory.buffer, controlBlock + 64, words.length).set(words)
      new Float32Array(memory.buffer, controlBlock + 64 + 4 * words.length, floats.length).set(floats)
      run(controlBlock, kernelNumbers[kernel], chunks, workers - failed)
    },
    borrow(bytes, use) {
      const address = host._malloc(bytes)
      try {
        return use(address)
      } finally {
        host._free(address)
      }
    },
    doubles: (address, count) => new Float64Array(memory.buffer, address, count).slice(),
    clear(address, bytes) {
      new Uint8Array(memory.buffer, address, bytes).fill(0)
    },
    start(count, startWorker) {
      if (!shared || stopped) return
      for (; workers < count; workers++)
        startWorker({ module, memory, controlBlock, thread: workers + 1 }, fail)
    },
    stop() {
      if (workers > 0) stopWorkers(controlBlock)
      workers = 0
      failed = 0
      stopped = true
    },
  }
}
