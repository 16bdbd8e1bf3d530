import { isGankitError } from '@gankit/core'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseIdx } from '../src/index.ts'
import { idxBytes, idxImages, idxLabels } from './idx-bytes.ts'

const bytesOf = (hex: string) => new Uint8Array(Buffer.from(hex.replaceAll(' ', ''), 'hex'))

test('reads a file written by hand', () => {
  const file = bytesOf('00000803 00000002 00000001 00000003 010203 fdfeff')
  expect(parseIdx(file, 'images file a', 3)).toEqual({
    shape: [2, 1, 3],
    data: Uint8Array.of(1, 2, 3, 253, 254, 255),
  })
  expect(parseIdx(bytesOf('00000801 00000002 0907'), 'labels file b')).toEqual({
    shape: [2],
    data: Uint8Array.of(9, 7),
  })
})

test('reads bytes that start anywhere in their buffer', () => {
  const file = Buffer.concat([Buffer.alloc(3), idxLabels(12)]).subarray(3)
  expect(Array.from(parseIdx(file, 'labels file a').data.subarray(8))).toEqual([8, 9, 0, 1])
})

test('no images are data too', () => {
  expect(parseIdx(idxBytes([0, 28, 28], new Uint8Array(0)), 'images file a').shape).toEqual([0, 28, 28])
})

test.each<[string, Uint8Array, number | undefined, string]>([
  ['nothing', bytesOf(''), 3, 'f is empty, expected 0x00000803 (IDX, 3 dimensions): is this an IDX file?'],
  [
    'labels for images',
    idxLabels(3),
    3,
    'f has magic 0x00000801, expected 0x00000803 (IDX, 3 dimensions): is this the labels file?',
  ],
  [
    'images for labels',
    idxImages(1, 2, 2),
    1,
    'f has magic 0x00000803, expected 0x00000801 (IDX, 1 dimension): is this the images file?',
  ],
  ['a gzip file', bytesOf('1f8b0800 00000000'), 3, 'unpack this gzip file first'],
  ['a text', Buffer.from('hello, world'), 3, 'f has magic 0x68656c6c, expected 0x00000803'],
  [
    'floats',
    bytesOf('00000d01 00000000'),
    undefined,
    'it holds 32-bit floats, convert them to unsigned bytes',
  ],
  ['no dimensions', bytesOf('00000800'), undefined, 'f has magic 0x00000800'],
  ['half a magic', bytesOf('0000'), 3, 'f has magic 0x0000, expected'],
  ['half a header', bytesOf('00000803 0000'), 3, 'f has 6 bytes, expected a header of 16'],
  [
    'a truncated file',
    idxImages(3, 2, 2).subarray(0, 20),
    3,
    'f has 20 bytes, expected 28 (a header of 16, then 3×2×2): is it a whole copy?',
  ],
  ['trailing bytes', Buffer.concat([idxLabels(3), Buffer.of(0)]), 1, 'f has 12 bytes, expected 11'],
  [
    'an absurd shape',
    bytesOf('00000803 ffffffff ffffffff ffffffff'),
    3,
    'f claims shape 4294967295×4294967295×4294967295, expected at most 4 GiB of data',
  ],
])('%s is refused', (_, bytes, dimensions, message) => {
  expect(() => parseIdx(bytes, 'f', dimensions)).toThrow(message)
  expect(() => parseIdx(bytes, 'f', dimensions)).toThrow(/^\[gankit\/datasets\] f /)
})

/** Data that add up, or an error of ours that names the file. */
function holds(bytes: Uint8Array, dimensions?: number): void {
  try {
    const { shape, data } = parseIdx(bytes, 'some file', dimensions)
    expect(data.length).toBe(shape.reduce((product, side) => product * side, 1))
    expect(data.buffer).toBe(bytes.buffer)
  } catch (error) {
    if (!isGankitError(error)) throw error
    expect(error.message).toMatch(/^\[gankit\/datasets\] some file /)
    expect(error.message).not.toContain('\n')
  }
}

test('arbitrary bytes give data or an error of ours, and no copy', () => {
  const dimensions = fc.option(fc.integer({ min: 1, max: 4 }), { nil: undefined })
  fc.assert(fc.property(fc.uint8Array({ maxLength: 64 }), dimensions, holds), { seed: 1, numRuns: 2000 })
  const magic = fc.constantFrom(0x801, 0x802, 0x803, 0x8ff, 0x80000000, 0xd01)
  const side = fc.oneof(fc.integer({ min: 0, max: 4 }), fc.integer({ min: 0, max: 0xffffffff }))
  const nearly = fc
    .tuple(magic, fc.array(side, { maxLength: 4 }), fc.uint8Array({ maxLength: 32 }))
    .map(([start, sides, data]) => {
      const header = Buffer.alloc(4 + 4 * sides.length)
      header.writeUInt32BE(start)
      for (const [i, value] of sides.entries()) header.writeUInt32BE(value, 4 + 4 * i)
      return new Uint8Array(Buffer.concat([header, data]))
    })
  fc.assert(fc.property(nearly, dimensions, holds), { seed: 2, numRuns: 5000 })
})

test('what is written is read again', () => {
  const sides = fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 1, maxLength: 4 })
  fc.assert(
    fc.property(sides, fc.infiniteStream(fc.nat(255)), (shape, stream) => {
      const length = shape.reduce((product, side) => product * side, 1)
      const data = Uint8Array.from(stream.take(length))
      const read = parseIdx(idxBytes(shape, data), 'a', shape.length)
      expect(read.shape).toEqual(shape)
      expect(Array.from(read.data)).toEqual(Array.from(data))
    }),
    { seed: 3, numRuns: 300 },
  )
})
