import { readFile, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import sharp, { type Sharp } from 'sharp'
import { describe, expect, test } from 'vitest'
import { findCropRegion, parseImageOptions } from '../../../src/images/image-options.ts'
import { resample } from '../../../src/images/resample.ts'
import { decode } from '../../../src/node/images/decode.ts'
import { JpegTurbo } from '../../../src/node/images/jpeg-turbo.ts'
import { listFolder } from '../../../src/node/images/list-folder.ts'
import { readPlainJpegSize } from '../../../src/node/images/plain-jpeg.ts'
import { compileSmallJpegModules, SmallJpegs } from '../../../src/node/images/small-jpeg.ts'
import type { ImageOptions } from '../../../src/options.ts'
import { scratch } from '../scratch.ts'
import { noise, picture } from './make-picture.ts'

const modules = await compileSmallJpegModules()
const fixture = (name: string) => join(import.meta.dirname, '../../fixtures/pictures', name)

/** What becomes of pictures here, by themselves. */
function taken(file: Uint8Array, options: ImageOptions): Uint8Array | undefined {
  const settings = parseImageOptions(options)
  const size = readPlainJpegSize(file)
  const regions = size ? [[size, findCropRegion(settings, size)!] as const] : []
  const { found, samples } = new SmallJpegs(modules, settings).answer({ pictures: [file], regions })
  return found[0] === true ? samples : undefined
}

/** A picture with colors, edges and some grain, as photos have. */
function photo(width: number, height: number, seed = 1): Sharp {
  const raw = { width: 9, height: 7, channels: 3 } as const
  const grain = noise(width * height * 3, seed).map(level => 120 + level / 16)
  return sharp(noise(9 * 7 * 3, seed), { raw })
    .resize(width, height, { fit: 'fill', kernel: 'cubic' })
    .composite([{ input: Buffer.from(grain), raw: { width, height, channels: 3 }, blend: 'overlay' }])
}

function apart(a: Uint8Array, b: Uint8Array): { mean: number; most: number } {
  expect(a).toHaveLength(b.length)
  const differences = Array.from(a, (value, i) => Math.abs(value - b[i]!))
  return { mean: differences.reduce((sum, d) => sum + d) / a.length, most: Math.max(...differences) }
}

describe('a plain JPEG', async () => {
  const kinds = {
    '4:2:0': await photo(178, 218).jpeg({ quality: 90 }).toBuffer(),
    '4:4:4': await photo(101, 77).jpeg({ chromaSubsampling: '4:4:4' }).toBuffer(),
    'of one gray component': await photo(90, 90).grayscale().jpeg().toBuffer(),
    'of one pixel': await photo(1, 1).jpeg().toBuffer(),
    wide: await photo(1000, 3).jpeg().toBuffer(),
    'of poor quality': await photo(67, 130).jpeg({ quality: 5 }).toBuffer(),
  }

  test.each(Object.entries(kinds))('%s is decoded to the bytes that libvips has', async (_, file) => {
    const { data, info } = await sharp(file).toColorspace('srgb').raw().toBuffer({ resolveWithObject: true })
    const got = new JpegTurbo(modules.decoder).decode(file, info.width, info.height)
    expect(Buffer.compare(data, got!)).toBe(0)
  })

  test('of any width is decoded to the bytes that libvips has', async () => {
    const decoder = new JpegTurbo(modules.decoder)
    for (let width = 1; width <= 70; width++)
      for (const chromaSubsampling of ['4:2:0', '4:4:4']) {
        const height = 1 + ((7 * width) % 40)
        const file = await photo(width, height, width).jpeg({ chromaSubsampling, quality: 75 }).toBuffer()
        const expected = await sharp(file).raw().toBuffer()
        expect(Buffer.compare(expected, decoder.decode(file, width, height)!), `${width}×${height}`).toBe(0)
      }
  })

  test('with half the columns of color is decoded to the bytes that libvips has', async () => {
    const file = await readFile(fixture('half-color.jpg'))
    const { data, info } = await sharp(file).raw().toBuffer({ resolveWithObject: true })
    const got = new JpegTurbo(modules.decoder).decode(file, info.width, info.height)
    expect(Buffer.compare(data, got!)).toBe(0)
  })

  test.each<ImageOptions>([
    { size: 64, crop: 178 },
    { size: 64 },
    { size: [70, 60], crop: 'none', resize: 'linear' },
    { size: [60, 177], resize: 'cubic' },
    { size: [218, 178] },
    { size: [217, 178], crop: 'none' },
  ])('becomes the sample that libvips makes, but for rounding: %j', async options => {
    const file = kinds['4:2:0']
    const { mean, most } = apart(taken(file, options)!, await decode(file, parseImageOptions(options)))
    expect(mean).toBeLessThan(0.4)
    expect(most).toBeLessThanOrEqual(3)
  })

  // From a quarter on libvips averages pixels first; the kernel alone, as Pillow has it, counts them all.
  test.each<ImageOptions>([
    { size: 64, crop: 178 },
    { size: [9, 15], crop: 'none' },
    { size: [1, 7], resize: 'cubic' },
    { size: [40, 1], crop: 40, resize: 'linear' },
  ])('becomes what floating point makes of it, but for rounding: %j', async options => {
    const settings = parseImageOptions(options)
    const region = findCropRegion(settings, { width: 178, height: 218 })!
    const data = await sharp(kinds['4:2:0']).extract(region).raw().toBuffer()
    const { width, height } = region
    const { mean, most } = apart(
      taken(kinds['4:2:0'], options)!,
      new Uint8Array(resample({ data, width, height, channels: 3 }, settings)),
    )
    expect(mean).toBeLessThan(0.3)
    expect(most).toBeLessThanOrEqual(2)
  })

  test('keeps the level of an even area exactly', async () => {
    const gray = { width: 150, height: 90, channels: 3, background: { r: 77, g: 77, b: 77 } } as const
    const file = await sharp({ create: gray }).jpeg().toBuffer()
    for (const resize of ['lanczos3', 'cubic', 'linear'] as const)
      expect(new Set(taken(file, { size: [31, 64], crop: 'none', resize }))).toEqual(new Set([77]))
  })

  test('comes out alike from a decoder and a shrinker that have done others', async () => {
    const jpegs = new SmallJpegs(modules, parseImageOptions({ size: 1 }))
    const files = [...Object.values(kinds), ...Object.values(kinds).toReversed()]
    const regions = files.map(readPlainJpegSize).map(size => [size!, { left: 0, top: 0, ...size! }] as const)
    const { samples, found } = jpegs.answer({ pictures: files, regions })
    expect(found).toEqual(files.map(() => true))
    for (const [i, file] of files.entries())
      expect([...samples.subarray(3 * i, 3 * i + 3)]).toEqual([...taken(file, { size: 1, crop: 'none' })!])
  })
})

describe('what is unusual is left to libvips', async () => {
  const whole = await photo(120, 100).jpeg().toBuffer()
  const sof = whole.indexOf(Buffer.of(0xff, 0xc0))
  const patched = (at: number, byte: number) => Buffer.from(whole).fill(byte, at, at + 1)
  const byPillow = (name: string) => readFile(fixture(name))

  test('the whole of it is taken', () => {
    expect(taken(whole, { size: 32 })).toBeDefined()
    expect(readPlainJpegSize(whole)).toEqual({ width: 120, height: 100 })
  })

  test.each<[string, Uint8Array]>([
    ['progressive', await photo(120, 100).jpeg({ progressive: true }).toBuffer()],
    ['turned by Exif', await photo(120, 100).withMetadata({ orientation: 6 }).jpeg().toBuffer()],
    [
      'with Exif that turns nothing',
      await photo(120, 100).withMetadata({ orientation: 1 }).jpeg().toBuffer(),
    ],
    ['with a color profile', await photo(120, 100).withIccProfile('p3').jpeg().toBuffer()],
    ['CMYK', await photo(120, 100).toColorspace('cmyk').jpeg().toBuffer()],
    ['CMYK by Pillow', await byPillow('cmyk.jpg')],
    ['turned by Pillow', await byPillow('turned-6.jpg')],
    ['progressive by Pillow', await byPillow('progressive.jpg')],
    ['of 12 bits', patched(sof + 4, 12)],
    ['coded arithmetically', patched(sof + 1, 0xc9)],
    ['lossless', patched(sof + 1, 0xc3)],
    ['of two components', patched(sof + 9, 2)],
    ['large', await photo(600, 600).jpeg().toBuffer()],
    ['no JPEG', await photo(120, 100).png().toBuffer()],
    ['nothing', new Uint8Array(0)],
    ['four bytes', Uint8Array.of(0xff, 0xd8, 0xff, 0xc0)],
  ])('%s', (_, file) => {
    expect(taken(file, { size: 32 })).toBeUndefined()
  })

  test('cut anywhere', () => {
    for (let length = 0; length < whole.length; length += 7)
      expect(taken(whole.subarray(0, length), { size: 32 })).toBeUndefined()
    expect(taken(whole.subarray(0, -1), { size: 32 })).toBeUndefined()
    // Cut, and then closed as if it were whole.
    const cut = Buffer.concat([whole.subarray(0, whole.length / 2), Buffer.of(0xff, 0xd9)])
    expect(taken(cut, { size: 32 })).toBeUndefined()
  })

  test('damaged anywhere: libvips refuses nothing that is taken, and mostly sees the same', async () => {
    const settings = parseImageOptions({ size: 32 })
    const differences: number[] = []
    let left = 0
    for (let at = 2; at < whole.length; at += 11) {
      const damaged = patched(at, whole[at]! ^ 0x5a)
      const sample = taken(damaged, { size: 32 })
      if (sample) differences.push(apart(sample, await decode(damaged, settings)).most)
      else left++
    }
    expect(left).toBeGreaterThan(0)
    // Where a damaged table leads out of range, libjpeg's code for one processor and another differ.
    const same = differences.filter(most => most <= 3).length
    expect(same / differences.length).toBeGreaterThan(0.8)
  })

  test('a decoder goes on after one that it gave up', () => {
    const settings = parseImageOptions({ size: 32 })
    const jpegs = new SmallJpegs(modules, settings)
    const size = { width: 120, height: 100 }
    const tables = whole.indexOf(Buffer.of(0xff, 0xc4))
    // A Huffman table that can't be is an error, not a warning.
    const broken = Buffer.from(whole).fill(0xff, tables + 5, tables + 21)
    const pictures = [whole, broken, whole, whole.subarray(0, 900), whole]
    const { found, samples } = jpegs.answer({ pictures, regions: [[size, findCropRegion(settings, size)!]] })
    expect(found).toEqual([true, undefined, true, undefined, true])
    const sample = (i: number) => samples.subarray(3072 * i, 3072 * (i + 1))
    expect([...sample(2)]).toEqual([...sample(0)])
    expect([...sample(4)]).toEqual([...sample(0)])
  })

  test('a file that has changed since it was listed, or is gone', async () => {
    const folder = scratch()
    for (const name of ['a.jpg', 'b.jpg', 'c.jpg']) await writeFile(join(folder, name), whole)
    const { files } = await listFolder(folder)
    await utimes(join(folder, 'b.jpg'), 1, 1)
    await writeFile(join(folder, 'c.jpg'), whole.subarray(1))
    const pictures = files.map(({ path, size, modified }) => ({ path: path!, size, modified }))
    const gone = { ...pictures[0]!, path: join(folder, 'gone.jpg') }
    const size = { width: 120, height: 100 }
    const settings = parseImageOptions({ size: 32 })
    const { found } = new SmallJpegs(modules, settings).answer({
      pictures: [...pictures, gone],
      regions: [[size, findCropRegion(settings, size)!]],
    })
    expect(found).toEqual([true, undefined, undefined, undefined])
  })
})

test('a size that is new is asked about, and remembered', async () => {
  const jpegs = new SmallJpegs(modules, parseImageOptions({ size: 8 }))
  const pictures = [await picture(20, 10).jpeg().toBuffer()]
  const [size, region] = [
    { width: 20, height: 10 },
    { left: 5, top: 0, width: 10, height: 10 },
  ]
  expect(jpegs.answer({ pictures, regions: [] }).found).toEqual([size])
  expect(jpegs.answer({ pictures, regions: [[size, region]] }).found).toEqual([true])
  expect(jpegs.answer({ pictures, regions: [] }).found).toEqual([true])
  expect(jpegs.answer({ pictures, regions: [[size, null]] }).found).toEqual([undefined])
})
