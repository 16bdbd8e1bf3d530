import { afterEach, describe, expect, test, vi } from 'vitest'
import { createWithModule, createWithTable, toUnit } from '../src/dataset/to-unit.ts'

const everyByte = Uint8Array.from({ length: 256 }, (_, byte) => byte)
/** byte / 127.5 − 1 as one quotient of whole numbers: nothing is lost to a difference. */
const exact = (byte: number) => Math.fround((2 * byte - 255) / 255)

afterEach(() => vi.unstubAllGlobals())

describe.each([
  ['the module', createWithModule()!],
  ['the table', createWithTable()],
  ['what datasets use', toUnit],
])('%s', (_, convert) => {
  test('gives every byte the float nearest to (2·byte − 255) / 255, to the last bit', () => {
    expect(bitsOf(convert(everyByte))).toEqual(bitsOf(Float32Array.from(everyByte, exact)))
  })

  test.each([0, 1, 15, 16, 17, 8191, 8192, 8193, 3 * 8192, 40_007])(
    'converts %i bytes, wherever they lie, into memory of its own',
    length => {
      const all = Uint8Array.from({ length: length + 5 }, (_, i) => (i * 37 + (i >> 8)) % 256)
      const before = all.slice()
      const first = convert(all.subarray(3, 3 + length))
      const kept = first.slice()
      const second = convert(all.subarray(2, 2 + length))
      expect(Array.from(first)).toEqual(Array.from(all.subarray(3, 3 + length), exact))
      expect(Array.from(second)).toEqual(Array.from(all.subarray(2, 2 + length), exact))
      expect(first).toEqual(kept)
      expect(first.buffer.byteLength).toBe(4 * length)
      expect(all).toEqual(before)
    },
  )
})

test.each([
  ['there is no WebAssembly', undefined],
  ['a page forbids it', { ...webAssembly(), Module: forbidden }],
  ['there is no room for its memory', { ...webAssembly(), Instance: noRoom }],
])('where %s, the table serves', async (_, global) => {
  vi.stubGlobal('WebAssembly', global)
  expect(createWithModule()).toBeUndefined()
  vi.resetModules()
  const fresh = await import('../src/dataset/to-unit.ts')
  expect(bitsOf(fresh.toUnit(everyByte))).toEqual(bitsOf(Float32Array.from(everyByte, exact)))
})

function bitsOf(values: Float32Array<ArrayBuffer>): Uint32Array {
  return new Uint32Array(values.buffer)
}

function webAssembly() {
  const { Module, Instance, Memory } = WebAssembly
  return { Module, Instance, Memory }
}

function forbidden(): never {
  throw new EvalError(
    'WebAssembly.Module(): Compiling or instantiating WebAssembly module violates the policy',
  )
}

function noRoom(): never {
  throw new RangeError('WebAssembly.Instance(): Out of memory')
}
