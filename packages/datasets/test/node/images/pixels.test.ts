import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { parseImageOptions } from '../../../src/images/image-options.ts'
import { decode } from '../../../src/node/images/decode.ts'
import type { ImageOptions } from '../../../src/options.ts'
import { noise, picture } from './make-picture.ts'

interface Case extends ImageOptions {
  readonly file: string
  readonly size: readonly [number, number]
  readonly by?: string
  readonly pixels: number
}

const folder = join(import.meta.dirname, '../../fixtures/pictures')
const { cases, pixels } = JSON.parse(await readFile(join(folder, 'expected.json'), 'utf8')) as {
  cases: Case[]
  pixels: string[]
}

/** How far two pictures are apart, levels: the mean over all bytes, and the most. */
function apart(a: Uint8Array, b: Uint8Array): { mean: number; most: number } {
  expect(a).toHaveLength(b.length)
  const differences = Array.from(a, (value, i) => Math.abs(value - b[i]!))
  return { mean: differences.reduce((sum, d) => sum + d) / a.length, most: Math.max(...differences) }
}

/**
 * What a case may be apart, levels. Lossless ones not at all, or by rounding; JPEG and AVIF by their loss; CMYK
 * without a profile by the one that is assumed. Where libvips
 * enlarges, it is up to a third of a pixel off to the top left.
 */
function allowed({ file, resize, size }: Case): { mean: number; most: number } {
  if (size[0] === 48) return { mean: 5, most: 160 }
  if (resize) return { mean: 2, most: 24 }
  if (/cmyk/.test(file)) return { mean: 24, most: 128 }
  if (/turned.*jpg|avif/.test(file)) return { mean: 3, most: 48 }
  if (/progressive/.test(file)) return { mean: 1, most: 4 }
  return /alpha|16/.test(file) ? { mean: 1, most: 1 } : { mean: 0, most: 0 }
}

describe('pictures by Pillow come out as Pillow and PyTorch have them', () => {
  test.each(cases)('$file $size × $channels $crop $resize $background $by', async given => {
    const { file, by, pixels: number, ...options } = given
    const sample = await decode(await readFile(join(folder, file)), parseImageOptions(options))
    const { mean, most } = apart(sample, Buffer.from(pixels[number]!, 'base64'))
    expect(mean).toBeLessThanOrEqual(allowed(given).mean)
    expect(most).toBeLessThanOrEqual(allowed(given).most)
  })
})

describe('what is taken of a picture', async () => {
  const [width, height] = [11, 6]
  const bytes = noise(width * height * 3)
  const file = await picture(width, height).png().toBuffer()
  /** The pixels of a part of the picture. */
  const part = (left: number, top: number, w: number, h: number) =>
    Uint8Array.from({ length: w * h * 3 }, (_, i) => {
      const [x, y] = [left + (Math.floor(i / 3) % w), top + Math.floor(i / 3 / w)]
      return bytes[(y * width + x) * 3 + (i % 3)]!
    })

  test.each<[string, ImageOptions, Uint8Array]>([
    ['all of it', { size: [6, 11] }, bytes],
    ['the centered square, one pixel less on the left', { size: 6 }, part(2, 0, 6, 6)],
    ['the largest part of a wide shape', { size: [3, 11] }, part(0, 1, 11, 3)],
    ['the largest part of a high shape', { size: [6, 2] }, part(4, 0, 2, 6)],
    ['a crop of so many pixels', { size: 3, crop: 3 }, part(4, 1, 3, 3)],
    ['a crop of one pixel', { size: 1, crop: 1 }, part(5, 2, 1, 1)],
    [
      'all of it, squeezed to the nearest pixels of its rows',
      { size: [3, 11], crop: 'none', resize: 'nearest' },
      Uint8Array.from([0, 1, 2].flatMap(y => [...part(0, 2 * y + 1, 11, 1)])),
    ],
  ])('%s', async (_, options, expected) => {
    const sample = await decode(file, parseImageOptions(options))
    expect([...sample]).toEqual([...expected])
  })

  test('a picture that is smaller than the crop is refused', async () => {
    await expect(decode(file, parseImageOptions({ crop: 7, size: 4 }))).rejects.toThrow(
      'is 11×6, smaller than the crop of 7',
    )
  })

  test.each<[object, string]>([
    [{ size: 0 }, 'size'],
    [{ size: [64, 5000] }, 'size'],
    [{ channels: 2 }, 'channels'],
    [{ crop: 'left' }, 'crop'],
    [{ crop: 0 }, 'crop'],
    [{ resize: 'bilinear' }, 'resize'],
    [{ background: [0, 0, 256] }, 'background'],
    [{ labels: true }, 'labels'],
  ])('%j names its option', (options, name) => {
    expect(() => parseImageOptions(options as ImageOptions)).toThrow(
      new RegExp(`^\\[gankit/datasets\\] ${name}`),
    )
  })
})
