import type { Assistance } from './assist.ts'
import type { WasmBackend } from './kernels.ts'
import { modules } from './modules.data.ts'
import { canStartPageHelpers, startPageHelper } from './page-helper.ts'

/** The kernels of the compiled module, by the numbers under which it knows them. */
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
} as const

/** One backend's own kernels: a second module on the memory of the first, and the threads that help. */
export interface Team {
  /** Threads, this one included. */
  readonly threads: number
  /** Those that help and have started, as they do on their own time. */
  readonly started: number
  /** Whether a product and a sum are rounded once, by relaxed SIMD. */
  readonly relaxed: boolean
  /** Runs all chunks of a kernel. @param floats go behind the words */
  run(
    kernel: keyof typeof kernelNumbers,
    chunks: number,
    words: readonly number[],
    floats?: readonly number[],
  ): void
  /** Memory for `use` alone, in bytes. */
  borrow<Result>(bytes: number, use: (address: number) => Result): Result
  /** The doubles that lie at an address, copied. */
  doubles(address: number, count: number): Float64Array
  /** Sets memory to zero. */
  clear(address: number, bytes: number): void
  /** Lets threads help, from now on; `start` begins each. Where the memory can't be shared there are none. */
  hire(helpers: number, start: (assistance: Assistance) => void): void
  /** Ends the threads that help, for good. */
  dismiss(): void
}

interface Exports {
  run(board: number, kernel: number, chunks: number, helpers: number): void
  dismiss(board: number): void
}

interface HostModule {
  readonly wasmMemory?: WebAssembly.Memory
  readonly asm: { readonly memory?: WebAssembly.Memory }
  readonly tfjs?: { getThreadsCount?(): number }
  _malloc(bytes: number): number
  _free(address: number): void
}

const teams = new WeakMap<object, Team | null>()
const boardBytes = 256

/**
 * The team of a backend. In a page it has as many threads as the backend's own pool from the start; in Node the threads
 * are hired by who starts the backend.
 * @returns undefined where the engine has no SIMD, so that the stock kernels have to do
 */
export function teamOf(backend: WasmBackend): Team | undefined {
  const host = backend.wasm as unknown as HostModule
  let team = teams.get(host)
  if (team === undefined) {
    team = createTeam(host) ?? null
    teams.set(host, team)
    const pool = host.tfjs?.getThreadsCount?.() ?? 1
    if (canStartPageHelpers()) team?.hire(pool - 1, startPageHelper)
  }
  return team ?? undefined
}

const bytesOf = (base64: string) => Uint8Array.from(atob(base64), letter => letter.charCodeAt(0))

/** Whether this engine takes SIMD, and so the kernels here. */
export function hasSimd(): boolean {
  return WebAssembly.validate(bytesOf(modules.own.plain))
}

/** Whether it takes relaxed SIMD, which makes products twice as fast. */
export function hasRelaxedSimd(): boolean {
  return WebAssembly.validate(bytesOf(modules.own.relaxed))
}

function createTeam(host: HostModule): Team | undefined {
  const memory = host.wasmMemory ?? host.asm.memory
  if (!memory) return undefined
  const shared = typeof SharedArrayBuffer !== 'undefined' && memory.buffer instanceof SharedArrayBuffer
  const { plain, relaxed } = modules[shared ? 'shared' : 'own']
  const fits = [relaxed, plain].find(base64 => WebAssembly.validate(bytesOf(base64)))
  if (!fits) return undefined
  const module = new WebAssembly.Module(bytesOf(fits))
  const { run, dismiss } = new WebAssembly.Instance(module, { env: { memory } }).exports as unknown as Exports
  const board = (host._malloc(boardBytes + 64) + 63) & ~63
  new Uint8Array(memory.buffer, board, boardBytes).fill(0)
  let helpers = 0
  let dismissed = false
  return {
    get threads() {
      return helpers + 1
    },
    get started() {
      if (!shared) return 0
      return Atomics.load(new Int32Array(memory.buffer, board, 16), 7)
    },
    relaxed: fits === relaxed,
    run(kernel, chunks, words, floats = []) {
      new Int32Array(memory.buffer, board + 64, words.length).set(words)
      new Float32Array(memory.buffer, board + 64 + 4 * words.length, floats.length).set(floats)
      run(board, kernelNumbers[kernel], chunks, helpers)
    },
    borrow(bytes, use) {
      const address = host._malloc(bytes)
      if (address === 0) throw new Error(`the wasm backend's memory has no ${bytes} bytes left`)
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
    hire(count, start) {
      if (!shared || dismissed) return
      for (; helpers < count; helpers++) start({ module, memory, board, thread: helpers + 1 })
    },
    dismiss() {
      if (helpers > 0) dismiss(board)
      helpers = 0
      dismissed = true
    },
  }
}
