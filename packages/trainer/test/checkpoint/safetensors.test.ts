import { readFileSync } from 'node:fs'
import { GankitError } from '@gankit/core'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { decodeSafetensors, encodeSafetensors, type NamedArray } from '../../src/checkpoints.ts'

const sizeOf = (shape: readonly number[]) => shape.reduce((product, side) => product * side, 1)

const anyArray: fc.Arbitrary<NamedArray> = fc
  .array(fc.nat(4), { maxLength: 4 })
  .chain(shape =>
    fc
      .array(fc.float(), { minLength: sizeOf(shape), maxLength: sizeOf(shape) })
      .map(numbers => ({ shape, data: Float32Array.from(numbers) })),
  )
const anyName = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.string({ unit: 'binary' }),
  fc.constantFrom('__proto__', 'constructor', '0', 'größe/重み'),
)
const anyArrays = fc.array(fc.tuple(anyName, anyArray), { maxLength: 6 }).map(pairs => new Map(pairs))
const bitsOf = (array: NamedArray | undefined) => array && [...new Uint32Array(array.data.buffer)]

/** A file with this header, by the format's definition. */
function fileOf(
  header: string,
  data: number[] = [],
  length = BigInt(new TextEncoder().encode(header).length),
) {
  const start = new Uint8Array(8)
  new DataView(start.buffer).setBigUint64(0, length, true)
  return Uint8Array.of(
    ...start,
    ...new TextEncoder().encode(header),
    ...new Uint8Array(Float32Array.from(data).buffer),
  )
}
const headerOf = (shape: unknown, data_offsets: unknown, dtype: unknown = 'F32') =>
  JSON.stringify({ a: { dtype, shape, data_offsets } })
const decode = (bytes: Uint8Array) => decodeSafetensors(bytes, 'x.safetensors')

/** What decoding says: it may fail with nothing but a GankitError of one line. */
function outcomeOf(bytes: Uint8Array): string {
  try {
    return `${decode(bytes).size} arrays`
  } catch (error) {
    expect(error).toBeInstanceOf(GankitError)
    expect((error as Error).message).not.toContain('\n')
    return (error as Error).message
  }
}

test('arrays survive the trip bit for bit, whatever their names, shapes and numbers', () => {
  fc.assert(
    fc.property(anyArrays, fc.nat(7), (arrays, shift) => {
      const file = encodeSafetensors(arrays, { made: 'here' })
      // Part of something larger, not aligned.
      const inside = new Uint8Array(file.length + 16)
      inside.set(file, shift)
      for (const bytes of [file, inside.subarray(shift, shift + file.length), Buffer.from(file)]) {
        const again = decode(bytes)
        expect(new Set(again.keys())).toEqual(new Set(arrays.keys()))
        for (const [name, { shape }] of arrays) {
          expect(again.get(name)!.shape).toEqual(shape)
          expect(bitsOf(again.get(name))).toEqual(bitsOf(arrays.get(name)))
        }
      }
    }),
  )
})

test("reads a file of Python's library", () => {
  const arrays = decode(readFileSync(new URL('../fixtures/python.safetensors', import.meta.url)))
  const expected: Record<string, [number[], number[]]> = {
    'generator/dense_1/kernel': [
      [3, 4],
      [-0.5, -0.375, -0.25, -0.125, 0, 0.125, 0.25, 0.375, 0.5, 0.625, 0.75, 0.875],
    ],
    'generator/größe/重み': [[2], [1.5, -2.25]],
    scalar: [[], [7.125]],
    empty: [[0, 3], []],
    special: [[5], [Number.NaN, -0, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 2 ** -149]],
  }
  expect(new Set(arrays.keys())).toEqual(new Set(Object.keys(expected)))
  for (const [name, [shape, numbers]] of Object.entries(expected)) {
    expect(arrays.get(name)!.shape).toEqual(shape)
    expect([...arrays.get(name)!.data]).toEqual(numbers)
  }
})

test('writes the bytes that the format defines', () => {
  const file = encodeSafetensors(new Map([['a', { shape: [2], data: Float32Array.of(1, -0) }]]))
  const length = Number(new DataView(file.buffer).getBigUint64(0, true))
  expect(length % 8).toBe(0)
  const header = new TextDecoder().decode(file.subarray(8, 8 + length))
  expect(header).toMatch(/^\{.*\} *$/)
  expect(JSON.parse(header)).toEqual({ a: { dtype: 'F32', shape: [2], data_offsets: [0, 8] } })
  expect([...file.subarray(8 + length)]).toEqual([0, 0, 0x80, 0x3f, 0, 0, 0, 0x80])
})

test('arbitrary bytes, and arbitrary headers, give arrays or a GankitError', () => {
  const words = fc.oneof(fc.constantFrom('F32', 'F16', '__metadata__', 'shape', 'dtype'), fc.string())
  const header = fc.dictionary(
    words,
    fc.oneof(
      fc.json({ maxDepth: 3 }).map(text => JSON.parse(text)),
      fc.record({
        dtype: fc.constant('F32'),
        shape: fc.array(fc.integer()),
        data_offsets: fc.array(fc.integer()),
      }),
      fc.record({ dtype: fc.object(), shape: fc.array(fc.nat(3)), data_offsets: fc.array(fc.nat(40)) }),
    ),
  )
  fc.assert(fc.property(fc.uint8Array({ maxLength: 64 }), bytes => void outcomeOf(bytes)))
  fc.assert(fc.property(fc.string({ unit: 'binary' }), text => void outcomeOf(fileOf(text))))
  fc.assert(
    fc.property(header, fc.array(fc.float(), { maxLength: 8 }), (object, data) => {
      outcomeOf(fileOf(JSON.stringify(object), data))
    }),
  )
})

test('a file cut at any length is refused', () => {
  const file = encodeSafetensors(
    new Map([
      ['a', { shape: [2], data: Float32Array.of(1, 2) }],
      ['b', { shape: [], data: Float32Array.of(3) }],
    ]),
  )
  expect(outcomeOf(file)).toBe('2 arrays')
  for (let length = 0; length < file.length; length++)
    expect(outcomeOf(file.subarray(0, length))).toContain('expected a safetensors file of F32 or I32 arrays')
})

test.each([
  [
    'a header of 2^63 bytes',
    fileOf('{}', [], 2n ** 63n),
    'ends inside its header of 9223372036854776000 bytes',
  ],
  ['a header larger than the file', fileOf('{}', [], 3n), 'ends inside its header of 3 bytes'],
  ['a header that is a list', fileOf('[]'), 'a header that is no object'],
  ['a header that is null', fileOf('null'), 'a header that is no object'],
  ['a header that is no text', fileOf('{}').fill(0xff, 8), 'a header that is not JSON'],
  ['an entry that is null', fileOf('{"a":null}'), '"a" with no dtype'],
  ['another dtype', fileOf(headerOf([1], [0, 2], 'F16')), '"a" with dtype "F16"'],
  ['a dtype that is no text', fileOf(headerOf([1], [0, 4], { toString: 1 }), [1]), '"a" with no dtype'],
  ['a name of two lines', fileOf('{"a\\nb":1}'), 'array "a\\nb" with'],
  ['a negative side', fileOf(headerOf([-1], [0, 4]), [1]), 'a shape that is no list of whole numbers'],
  ['a huge shape', fileOf(headerOf([2 ** 50, 2 ** 50], [0, 4]), [1]), '4 bytes for 1.26'],
  ['a huge array', fileOf(headerOf([2 ** 50], [0, 2 ** 52]), [1]), 'where its header says 4503599627370'],
  ['negative offsets', fileOf(headerOf([1], [-4, 0]), [1]), 'offsets that are not two whole numbers'],
  ['offsets in reverse', fileOf(headerOf([1], [4, 0]), [1]), '-4 bytes for 1 numbers'],
  ['offsets behind the end', fileOf(headerOf([1], [4, 8]), [1]), '"a" at byte 4 behind the header, not 0'],
  ['a rest behind the arrays', fileOf(headerOf([1], [0, 4]), [1, 2]), 'bytes where its header says'],
  [
    'arrays that overlap',
    fileOf(
      JSON.stringify({
        a: { dtype: 'F32', shape: [2], data_offsets: [0, 8] },
        b: { dtype: 'F32', shape: [2], data_offsets: [4, 12] },
      }),
      [1, 2, 3],
    ),
    '"b" at byte 4 behind the header, not 8',
  ],
])('refuses %s', (_, bytes, message) => {
  expect(outcomeOf(bytes)).toContain(`x.safetensors ${message.startsWith('ends') ? '' : 'has '}`)
  expect(outcomeOf(bytes)).toContain(message)
})

test('does not write what it could not read', () => {
  const write = (name: string, shape: number[]) => () =>
    encodeSafetensors(new Map([[name, { shape, data: Float32Array.of(1, 2) }]]))
  expect(write('a', [3])).toThrow(GankitError)
  expect(write('__metadata__', [2])).toThrow(GankitError)
  expect(write('a', [2])).not.toThrow()
})
