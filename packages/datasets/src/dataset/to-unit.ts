import { unitModule } from './unit-module.data.ts'

type Convert = (bytes: Uint8Array) => Float32Array<ArrayBuffer>

interface Exports {
  readonly memory: WebAssembly.Memory
  /** From `count` bytes at one address to floats at another. */
  toUnit(from: number, to: number, count: number): void
}

/** Bytes that are converted at once: they and their floats fit the module's memory, and a core's nearer caches. */
const block = 8192

let convert: Convert | undefined

/** Each byte as the float nearest to byte / 127.5 − 1, in [−1, 1], the range of tanh; in memory of its own. */
export function toUnit(bytes: Uint8Array): Float32Array<ArrayBuffer> {
  convert ??= withModule() ?? withTable()
  return convert(bytes)
}

/**
 * Sixteen bytes at a time, about three times as fast as by the table.
 * @returns undefined where WebAssembly or its SIMD is missing or not allowed, as in a page whose CSP forbids it
 */
export function withModule(): Convert | undefined {
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

/** One byte after the other, anywhere. */
export function withTable(): Convert {
  const unit = Float32Array.from({ length: 256 }, (_, byte) => byte / 127.5 - 1)
  return bytes => {
    // Filled first: the loop takes 1.4 times as long where it is the first to touch the memory.
    const values = new Float32Array(bytes.length).fill(-1)
    for (let i = 0; i < bytes.length; i++) values[i] = unit[bytes[i]!]!
    return values
  }
}
