import { randomStream } from '@gankit/core'
import sharp from 'sharp'
import { expect, test } from 'vitest'
import { encodeGif } from '../../src/pictures/gif.ts'
import type { Picture } from '../../src/pictures/picture.ts'

/** What libvips reads, through its own decoder, as red, green and blue. */
async function readGif(file: Uint8Array) {
  const gif = sharp(file, { animated: true })
  const { pages = 1, delay, loop, width, pageHeight, height } = await gif.metadata()
  const pixels = await gif.removeAlpha().toColourspace('srgb').raw().toBuffer()
  const size = pixels.length / pages
  return {
    frames: Array.from({ length: pages }, (_, i) =>
      Uint8Array.from(pixels.subarray(i * size, (i + 1) * size)),
    ),
    delay,
    loop,
    width,
    height: pageHeight ?? height,
  }
}

function noise(
  channels: 1 | 3,
  count: number,
  { width = 30, height = 17, color = (word: number) => word & 255 } = {},
): Picture[] {
  const random = randomStream(1, 'gif')
  return Array.from({ length: count }, () => ({
    width,
    height,
    channels,
    data: Uint8Array.from(random.bits(width * height * channels), color),
  }))
}

test('an independent reader gets back every gray level of every picture', async () => {
  const pictures = noise(1, 5)
  const { frames, ...gif } = await readGif(encodeGif(pictures, { delay: 120 }))
  expect(gif).toEqual({ width: 30, height: 17, delay: [120, 120, 120, 120, 120], loop: 0 })
  expect(frames).toEqual(
    pictures.map(({ data }) => Uint8Array.from([...data].flatMap(level => [level, level, level]))),
  )
})

test('up to 256 colors come back as they are', async () => {
  const pictures = noise(3, 3, { color: word => 3 + 50 * (word % 6) })
  const { frames } = await readGif(encodeGif(pictures))
  expect(frames).toEqual(pictures.map(({ data }) => data))
})

test('more colors become near ones, the same in all pictures', async () => {
  // A plane through the cube of colors: 64 × 64 of them, 16 for each that a palette has.
  const [first] = noise(3, 1, { width: 64, height: 64 })
  for (let i = 0; i < 64 * 64; i++) {
    const [red, blue] = [4 * (i % 64), 4 * Math.floor(i / 64)]
    first!.data.set([red, (red + blue) >> 1, blue], 3 * i)
  }
  const { frames } = await readGif(encodeGif([first!, first!]))
  expect(frames[1]).toEqual(frames[0])
  const distances = Array.from({ length: 64 * 64 }, (_, i) =>
    Math.hypot(...[0, 1, 2].map(c => frames[0]![3 * i + c]! - first!.data[3 * i + c]!)),
  )
  // 256 squares of 16 × 16 levels would leave 16/√12 of red and of blue, and half of both of green: √(2.5 · 16² / 12).
  const squares = Math.sqrt((2.5 * 16 ** 2) / 12)
  const mean = Math.sqrt(distances.reduce((sum, distance) => sum + distance ** 2, 0) / distances.length)
  expect(mean / squares).toBeLessThan(1.3)
  expect(Math.max(...distances) / squares).toBeLessThan(4)
})

test('an animation plays once where it is asked to, and repeats byte for byte', async () => {
  const pictures = noise(1, 2)
  const once = encodeGif(pictures, { loop: false })
  expect(await readGif(once)).toMatchObject({ loop: 1, delay: [60, 60] })
  expect(encodeGif(pictures, { loop: false })).toEqual(once)
  expect(once.buffer.byteLength).toBe(once.length)
})

test('a single pixel, and one color alone, are animations as well', async () => {
  const { frames } = await readGif(
    encodeGif([{ width: 1, height: 1, channels: 3, data: Uint8Array.of(9, 8, 7) }]),
  )
  expect(frames).toEqual([Uint8Array.of(9, 8, 7)])
})

test('what is no animation is refused', () => {
  const [picture] = noise(1, 1)
  expect(() => encodeGif([])).toThrow('[gankit/visualization] got no pictures, expected at least 1')
  expect(() => encodeGif([picture!, noise(3, 1)[0]!])).toThrow(
    'picture 1 is 17 × 30 × 3, expected 17 × 30 × 1 like the first',
  )
  expect(() => encodeGif([picture!], { delay: 10 })).toThrow('delay is 10, expected a whole number from 20')
  expect(() => encodeGif([{ ...picture!, width: 65_536 }])).toThrow('width is 65536, expected a whole number')
})
