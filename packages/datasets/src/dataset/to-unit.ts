import { unitModule } from './unit-module.data.ts'

type Convert = (bytes: Uint8Array) => Float32Array<ArrayBuffer>

interface Exports {
  readonly memory: WebAssembly.Memory
  /** Converts `count` bytes at one address to floats at another. */
  toUnit(from: number, to: number, count: number): void
}

/** Bytes per call: they and their floats fit the memory of the module and the nearer caches of a core. */
const block = 8192

let convert: Convert | undefined

/**
 * Converts each byte to the float nearest to byte / 127.5 − 1, in [−1, 1], the range of tanh.
 * @returns new memory
 */
export function toUnit(bytes: Uint8Array): Float32Array<ArrayBuffer> {
  convert ??= createWithModule() ?? createWithTable()
  return convert(bytes)
}

/**
 * The conversion in WebAssembly, 16 bytes at a time, about three times as fast as by the table.
 * @returns undefined where WebAssembly or its SIMD is missing or forbidden, as by the CSP of a page
 */
export function createWithModule(): Convert | undefined {
  try {
    const code = Uint8Array.from(atob(unitModule), letter => letter.charCodeAt(0))
    const { exports } = new WebAssembly.Instance(new WebAssembly.Module(code))
    const { memory, toUnit } = exports as unknown as Exports
    const input = new Uint8Array(memory.buffer, 0, block)
    const output = new Float32Array(memory.buffer, block, block)
    return bytes => {
      const values = new Float32Array(bytes.length)
      for (let at = 0; at < bytes.length; at += block) {
        const count = Math.min(block, bytes.length - at)
        input.set(bytes.subarray(at, at + count))
        toUnit(0, block, count)
        values.set(output.subarray(0, count), at)
      }
      return values
    }
  } catch {
    return undefined
  }
}

/** The conversion by a table, which works everywhere. */
export function createWithTable(): Convert {
  const unit = Float32Array.from({ length: 256 }, (_, byte) => byte / 127.5 - 1)
  return bytes => {
    // Filled first: the loop takes 1.4 times as long where it is the first to write to this memory.
    const values = new Float32Array(bytes.length).fill(-1)
    for (let i = 0; i < bytes.length; i++) values[i] = unit[bytes[i]!]!
    return values
  }
}
