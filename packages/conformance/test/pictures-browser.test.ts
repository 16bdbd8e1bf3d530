import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import type { DatasetTask, SentFile } from '../src/browser/pages/datasets/tasks.ts'
import { isSkipped, skipReason, useDatasetsPage } from './datasets-page.ts'
import { meanDistance, picture, scene, sent } from './pictures.ts'

describe.skipIf(isSkipped)(`datasets of pictures in Chromium${skipReason}`, () => {
  const { open } = useDatasetsPage()

  describe('a picture', () => {
    const sampleOf = async (bytes: Uint8Array, options: DatasetTask['options']): Promise<number[]> => {
      const answer = await open({ from: 'images', files: [sent('a', bytes)], ...(options && { options }) })
      expect(answer).toMatchObject({ size: 1 })
      return [...answer.pixels![0]!]
    }
    const whole = { crop: 'none' } as const

    test('without loss and of the right size keeps every byte', async () => {
      for (const encode of [picture(64, 48).png(), picture(64, 48).webp({ lossless: true })])
        expect(await sampleOf(await encode.toBuffer(), { size: [48, 64] })).toEqual([...scene(64, 48)])
    })

    test('is resized as sharp resizes it', async () => {
      for (const [width, height] of [
        [640, 480],
        [1000, 130],
        [90, 70],
      ] as const)
        for (const resize of ['lanczos3', 'cubic', 'linear'] as const) {
          const png = await picture(width, height).png().toBuffer()
          const shrunk = (kernel: typeof resize | 'nearest') =>
            sharp(png).resize(48, 32, { fit: 'fill', kernel }).raw().toBuffer()
          const [got, expected, coarse] = await Promise.all([
            sampleOf(png, { ...whole, size: [32, 48], resize }),
            shrunk(resize),
            shrunk('nearest'),
          ])
          const what = `${width}×${height}, ${resize}`
          expect(meanDistance(got, expected), what).toBeLessThan(3)
          expect(meanDistance(coarse, expected), what).toBeGreaterThan(6)
        }
    })

    test('that is finer than its sample comes out even, unless it was to be nearest', async () => {
      const bytes = Uint8Array.from({ length: 512 * 512 }, (_, i) => (((i >> 9) + i) % 2 === 0 ? 255 : 0))
      const png = await sharp(bytes, { raw: { width: 512, height: 512, channels: 1 } })
        .png()
        .toBuffer()
      for (const size of [16, 48, 100]) {
        const even = await sampleOf(png, { size })
        expect(
          even.every(level => Math.abs(level - 127.5) < 6),
          `${size}`,
        ).toBe(true)
      }
      const nearest = await sampleOf(png, { size: 48, resize: 'nearest' })
      expect(nearest.every(level => level === 0 || level === 255)).toBe(true)
    })

    test('is upright as its EXIF says', async () => {
      const jpeg = await picture(60, 40).jpeg({ quality: 95 }).withMetadata({ orientation: 6 }).toBuffer()
      const turned = await sharp(scene(60, 40), { raw: { width: 60, height: 40, channels: 3 } })
        .rotate(90)
        .raw()
        .toBuffer()
      const got = await sampleOf(jpeg, { size: [60, 40] })
      expect(meanDistance(got, turned)).toBeLessThan(6)
    })

    test('is cropped about its center', async () => {
      const png = await picture(101, 50).png().toBuffer()
      const cut = (left: number, top: number, side: number) =>
        sharp(png).extract({ left, top, width: side, height: side }).raw().toBuffer()
      expect(await sampleOf(png, { size: 50 })).toEqual([...(await cut(25, 0, 50))])
      expect(await sampleOf(png, { size: 30, crop: 30 })).toEqual([...(await cut(35, 10, 30))])
    })

    test('is gray as in Node, and lies on the background where it is transparent', async () => {
      const png = await picture(32, 32).ensureAlpha(0.5).png().toBuffer()
      const background = [10, 200, 90] as const
      const flat = await sharp(png)
        .flatten({ background: { r: 10, g: 200, b: 90 } })
        .raw()
        .toBuffer()
      const color = await sampleOf(png, { size: 32, background })
      const gray = await sampleOf(png, { size: 32, background, channels: 1 })
      expect(meanDistance(color, flat)).toBeLessThan(1)
      expect(meanDistance(gray, rec601(flat))).toBeLessThan(1)
      const opaque = await picture(32, 32).png().toBuffer()
      expect(await sampleOf(opaque, { size: 32, channels: 1 })).toEqual(rec601(scene(32, 32)))
    })

    test('in PPM is read where no browser reads it, and in BMP', async () => {
      const rgb = scene(9, 7)
      const ppm = Buffer.concat([Buffer.from('P6\n9 7\n255\n'), rgb])
      expect(await sampleOf(ppm, { size: [7, 9] })).toEqual([...rgb])
      const bmp = Buffer.alloc(54 + 28 * 7)
      bmp.write('BM')
      bmp.writeUInt32LE(bmp.length, 2)
      bmp.writeUInt32LE(54, 10)
      for (const [at, value] of [
        [14, 40],
        [18, 9],
        [22, -7],
        [26, 1 + 24 * 65536],
      ] as const)
        bmp.writeInt32LE(value, at)
      for (let i = 0; i < rgb.length; i++) {
        const [pixel, channel] = [Math.floor(i / 3), i % 3]
        bmp[54 + 28 * Math.floor(pixel / 9) + 3 * (pixel % 9) + 2 - channel] = rgb[i]!
      }
      expect(await sampleOf(bmp, { size: [7, 9] })).toEqual([...rgb])
    })
  })

  describe('files', () => {
    const good = async (count: number, name = (i: number) => `${i}.png`): Promise<SentFile[]> =>
      Promise.all(
        Array.from({ length: count }, async (_, i) =>
          sent(name(i), await picture(20, 20, i).png().toBuffer()),
        ),
      )

    test('come in the order of their names, a class a folder below the chosen one', async () => {
      const [a, b, c] = await Promise.all([0, 1, 2].map(seed => picture(8, 8, seed).png().toBuffer()))
      const files = [
        sent('z.png', a!, 'chosen/dogs/z.png'),
        sent('é.png', b!, 'chosen/cats/deep/é.png'),
        sent('B.png', c!, 'chosen/cats/B.png'),
        sent('.DS_Store', new Uint8Array(9), 'chosen/cats/.DS_Store'),
      ]
      const answer = await open({ from: 'images', files, options: { size: 8, labels: 'folders' } })
      expect(answer).toMatchObject({ classes: ['cats', 'dogs'], labels: [0, 0, 1], skipped: [] })
      expect(answer.pixels).toEqual([2, 1, 0].map(seed => [...scene(8, 8, seed)]))
      expect(answer.progress.map(({ done, total }) => `${done}/${total}`)).toEqual(['1/3', '2/3', '3/3'])
      const { error } = await open({ from: 'images', files: await good(2), options: { labels: 'folders' } })
      expect(error).toBe(
        '[gankit/datasets] files are in no folders, expected one folder a class: leave labels out',
      )
    })

    test('that are no use are skipped with the reason, and too many of them stop it', async () => {
      const png = await picture(20, 20).png().toBuffer()
      const jpeg = await picture(300, 200).jpeg().toBuffer()
      const huge = Uint8Array.from(png)
      new DataView(huge.buffer).setUint32(16, 30_000)
      new DataView(huge.buffer).setUint32(20, 30_000)
      const bad = [
        sent('b-cut.jpg', jpeg.subarray(0, jpeg.length / 2)),
        sent('b-empty.png', new Uint8Array()),
        sent('b-huge.png', huge),
        sent('b-renamed.jpg', Buffer.from('no picture')),
        sent('b-small.png', await picture(19, 40).png().toBuffer()),
        sent('b-tiff.tif', await picture(20, 20).tiff().toBuffer()),
        { url: 'files/set/b-gone.png' },
        { url: 'http://localhost:1/b-nowhere.png' },
      ]
      const files = [...(await good(3)), ...bad, sent('c.png', await picture(20, 20, 9).png().toBuffer())]
      const options = { size: 20, crop: 20 }
      const answer = await open({ from: 'images', files, options: { ...options, allowSkipped: true } })
      expect(answer.size).toBe(4)
      const why = Object.fromEntries(answer.skipped!.map(({ name, why }) => [name.split('/').at(-1), why]))
      expect(why).toEqual({
        'b-cut.jpg': expect.stringMatching(/^is a damaged JPEG, or one that this browser does not decode/),
        'b-empty.png': 'is empty',
        'b-gone.png': "can't be fetched (HTTP 404 Not Found)",
        'b-huge.png': 'is too large: 30000×30000 pixels',
        'b-nowhere.png': "can't be fetched (Failed to fetch)",
        'b-renamed.jpg': 'is no JPEG, PNG, WebP, GIF, AVIF, BMP or PPM',
        'b-small.png': 'is 19×40, smaller than the crop of 20',
        'b-tiff.tif': expect.stringMatching(/^is a damaged TIFF, or one/),
      })
      expect(answer.pixels).toEqual([0, 1, 2, 9].map(seed => [...scene(20, 20, seed)]))

      const { error } = await open({ from: 'images', files, options })
      expect(error).toContain('8 of 12 files had to be skipped, expected at most 5% (b-cut.jpg is a damaged')
      const none = await open({ from: 'images', files: [bad[1]!], options: { allowSkipped: true } })
      expect(none.error).toBe(
        '[gankit/datasets] the one file is no picture that can be used: b-empty.png is empty',
      )
      expect((await open({ from: 'images', files: [] })).error).toContain('none of 0 files')
    })

    test('that are lost up to 5% are no reason to stop, nor are notes among them', async () => {
      const files = [
        ...(await good(19)),
        sent('x.png', Buffer.from('torn')),
        sent('y.txt', Buffer.from('hi')),
      ]
      const answer = await open({ from: 'images', files, options: { size: 20 } })
      expect(answer).toMatchObject({ size: 19, skipped: [{ name: 'x.png' }, { name: 'y.txt' }] })
      const { error } = await open({ from: 'images', files: files.slice(1), options: { size: 20 } })
      expect(error).toContain('1 of 19 files had to be skipped')
    })

    test('are mirrored at random where that was asked for', async () => {
      const files = await good(12)
      const { pixels } = await open({ from: 'images', files, options: { size: 20, flip: true } })
      const { pixels: plain } = await open({ from: 'images', files, options: { size: 20 } })
      const mirrored = (sample: readonly number[]) =>
        sample.map((_, i) => sample[i - (i % 60) + 3 * (19 - Math.floor((i % 60) / 3)) + (i % 3)]!)
      const kinds = pixels!.map((sample, i) =>
        ['as it was', 'mirrored'].filter(
          (_, kind) => String(sample) === String(kind ? mirrored(plain![i]!) : plain![i]!),
        ),
      )
      expect(kinds.every(kind => kind.length === 1)).toBe(true)
      expect(new Set(kinds.flat()).size).toBe(2)
    })

    test('are left where they are once it is aborted', async () => {
      const answer = await open({ from: 'images', files: await good(20), abortAfter: 5 })
      expect(answer.fault).toMatch(/^AbortError/)
      expect(answer.progress.length).toBeLessThan(9)
    })

    test('get options that make sense', async () => {
      const { error } = await open({ from: 'images', files: await good(1), options: { size: 0 } })
      expect(error).toMatch(/^\[gankit\/datasets\] size is /)
    })
  })
})
/** Gray by ITU-R BT.601, as Pillow computes it. */
function rec601(rgb: Uint8Array): number[] {
  return Array.from({ length: rgb.length / 3 }, (_, i) => {
    const [r, g, b] = rgb.subarray(3 * i, 3 * i + 3) as unknown as [number, number, number]
    return Math.floor((r * 19595 + g * 38470 + b * 7471 + 0x8000) / 65536)
  })
}
