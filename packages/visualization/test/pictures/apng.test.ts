import { randomStream } from '@gankit/core'
import sharp from 'sharp'
import { expect, test } from 'vitest'
import { encodeApng, encodePng, type Picture } from '../../src/index.ts'

interface Chunk {
  readonly type: string
  readonly data: Buffer
}

function readChunks(file: Uint8Array): Chunk[] {
  const bytes = Buffer.from(file)
  const chunks: Chunk[] = []
  for (let at = 8; at < bytes.length; ) {
    const length = bytes.readUInt32BE(at)
    chunks.push({
      type: bytes.toString('latin1', at + 4, at + 8),
      data: bytes.subarray(at + 8, at + 8 + length),
    })
    at += 12 + length
  }
  return chunks
}

function crc32(bytes: Buffer): number {
  let crc = 0xffffffff
  for (const byte of bytes) {
    crc ^= byte
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1
  }
  return ~crc >>> 0
}

/** A PNG of its own: the header with another size, and the pixels. */
function joinPng(header: Buffer, width: number, height: number, pixels: Buffer): Buffer {
  const own = Buffer.from(header)
  own.writeUInt32BE(width, 0)
  own.writeUInt32BE(height, 4)
  const chunk = (type: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
    const [length, crc] = [Buffer.alloc(4), Buffer.alloc(4)]
    length.writeUInt32BE(data.length)
    crc.writeUInt32BE(crc32(body))
    return Buffer.concat([length, body, crc])
  }
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  return Buffer.concat([signature, chunk('IHDR', own), chunk('IDAT', pixels), chunk('IEND', Buffer.alloc(0))])
}

/** What a viewer shows, by the PNG specification, third edition, 11.3.6; libvips decodes the pixels of each frame. */
async function readApng(file: Uint8Array) {
  const chunks = readChunks(file)
  const header = chunks[0]!.data
  const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)]
  const control = chunks.find(({ type }) => type === 'acTL')!.data
  const canvas = Buffer.alloc(3 * width * height)
  const frames: Buffer[] = []
  const delays: number[] = []
  const sizes: number[][] = []
  let sequence = 0
  for (const [i, { type, data }] of chunks.entries()) {
    if (type !== 'fcTL') continue
    expect(data.readUInt32BE(0)).toBe(sequence++)
    const [w, h, x, y] = [4, 8, 12, 16].map(at => data.readUInt32BE(at)) as [number, number, number, number]
    expect(x + w <= width && y + h <= height).toBe(true)
    // Frames stay, and replace what was there.
    expect([data[24], data[25]]).toEqual([0, 0])
    const next = chunks[i + 1]!
    if (next.type === 'fdAT') expect(next.data.readUInt32BE(0)).toBe(sequence++)
    const pixels = next.type === 'fdAT' ? next.data.subarray(4) : next.data
    const part = await sharp(joinPng(header, w, h, pixels))
      .toColourspace('srgb')
      .removeAlpha()
      .raw()
      .toBuffer()
    for (let row = 0; row < h; row++)
      part.copy(canvas, 3 * ((y + row) * width + x), 3 * row * w, 3 * (row + 1) * w)
    frames.push(Buffer.from(canvas))
    delays.push((1000 * data.readUInt16BE(20)) / data.readUInt16BE(22))
    sizes.push([x, y, w, h])
  }
  expect(control.readUInt32BE(0)).toBe(frames.length)
  return { frames, delays, sizes, plays: control.readUInt32BE(4) }
}

const noise = (seed: number, channels: 1 | 3 = 3): Picture => ({
  ...{ width: 23, height: 11, channels },
  data: Uint8Array.from(randomStream(seed, 'apng').bits(23 * 11 * channels), word => word & 255),
})
const rgb = ({ channels, data }: Picture) =>
  Buffer.from(channels === 3 ? data : [...data].flatMap(level => [level, level, level]))

test.each([1, 3] as const)('all pixels of all pictures come back, of %i channels', async channels => {
  const pictures = [1, 2, 3].map(seed => noise(seed, channels))
  const { frames, delays, plays } = await readApng(encodeApng(pictures, { delay: 120 }))
  expect(frames).toEqual(pictures.map(rgb))
  expect({ delays, plays }).toEqual({ delays: [120, 120, 120], plays: 0 })
})

test('a picture is only what differs from the one before', async () => {
  const before = noise(1)
  const after = { ...before, data: before.data.slice() }
  for (const [x, y] of [
    [5, 3],
    [9, 7],
  ] as const)
    after.data[3 * (y * 23 + x) + 1]! ^= 255
  const { frames, sizes } = await readApng(encodeApng([before, after, after]))
  expect(frames).toEqual([before, after, after].map(rgb))
  expect(sizes).toEqual([
    [0, 0, 23, 11],
    [5, 3, 5, 5],
    [22, 10, 1, 1],
  ])
})

test('each picture may have its own delay, and the animation may play once', async () => {
  const { delays, plays } = await readApng(
    encodeApng([noise(1), noise(2)], { delay: [100, 2000], loop: false }),
  )
  expect({ delays, plays }).toEqual({ delays: [100, 2000], plays: 1 })
})

test('viewers that know no animated PNG show the first picture', async () => {
  const pictures = [noise(1), noise(2)]
  const shown = await sharp(encodeApng(pictures)).removeAlpha().raw().toBuffer()
  expect(shown).toEqual(rgb(pictures[0]!))
  expect((await sharp(encodePng(pictures[0]!)).raw().toBuffer()).equals(shown)).toBe(true)
})

test('delays out of range, or too few of them, are refused', () => {
  expect(() => encodeApng([noise(1)], { delay: 10 })).toThrow('delay is 10')
  expect(() => encodeApng([noise(1)], { delay: 70_000 })).toThrow('delay is 70000')
  expect(() => encodeApng([noise(1), noise(2)], { delay: [100] })).toThrow(
    'delay has 1 numbers, expected one, or 2, one for each picture',
  )
  expect(() => encodeApng([])).toThrow('got no pictures')
})
