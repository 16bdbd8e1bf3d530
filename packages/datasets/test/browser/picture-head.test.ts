import fc from 'fast-check'
import sharp from 'sharp'
import { expect, test } from 'vitest'
import { readHead } from '../../src/browser/picture-head.ts'

const picture = () => sharp({ create: { width: 300, height: 17, channels: 3, background: '#a05010' } })

test.each([
  ['PNG', () => picture().png()],
  ['JPEG', () => picture().jpeg()],
  ['JPEG', () => picture().jpeg({ progressive: true }).withMetadata({ orientation: 3 }).withIccProfile('p3')],
  ['GIF', () => picture().gif()],
  ['WebP', () => picture().webp()],
  ['WebP', () => picture().webp({ lossless: true })],
  ['WebP', () => picture().ensureAlpha(0.5).webp({ quality: 50 })],
  ['AVIF', () => picture().avif({ effort: 0 })],
] as const)('a %s tells its size', async (format, encode) => {
  expect(readHead(await encode().toBuffer())).toEqual({ format, size: { width: 300, height: 17 } })
})

test('a BMP tells its size, and a TIFF that it is one', async () => {
  const bmp = new DataView(new ArrayBuffer(30))
  bmp.setUint16(0, 0x424d)
  bmp.setUint32(2, 30, true)
  bmp.setUint32(14, 40, true)
  bmp.setInt32(18, 300, true)
  // Rows from the top down.
  bmp.setInt32(22, -17, true)
  expect(readHead(new Uint8Array(bmp.buffer))).toEqual({ format: 'BMP', size: { width: 300, height: 17 } })
  expect(readHead(await picture().tiff().toBuffer())).toEqual({ format: 'TIFF' })
})

test('bytes that are no picture are none, and those that only start as one do no harm', async () => {
  expect(readHead(Buffer.from('these are notes'))).toBeUndefined()
  const starts = [[0xff, 0xd8, 0xff], [0x89, 0x50, 0x4e, 0x47, 13, 10], [...Buffer.from('RIFF0000WEBPVP8')]]
  expect(readHead(Uint8Array.from(starts[0]!))).toEqual({ format: 'JPEG' })
  fc.assert(
    fc.property(fc.constantFrom([], ...starts), fc.uint8Array({ maxLength: 200 }), (start, bytes) => {
      const head = readHead(Uint8Array.from([...start, ...bytes]))
      expect(head === undefined || typeof head.format === 'string').toBe(true)
    }),
  )
})
