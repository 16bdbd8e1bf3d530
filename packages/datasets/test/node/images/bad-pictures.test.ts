import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { type ImageFolderOptions, imageFolder } from '../../../src/node/image-folder.ts'
import { failureOf, scratch } from '../scratch.ts'
import { blackPng, picture, png } from './make-picture.ts'
import { makeZip } from './make-zip.ts'

let good: Buffer
let jpeg: Buffer
beforeAll(async () => {
  good = await png(40, 30)
  jpeg = await picture(40, 30).jpeg().toBuffer()
})

/** A folder with these files; nothing of it stays. */
async function folderOf(files: Record<string, Uint8Array | string>): Promise<string> {
  const folder = join(scratch(), 'pictures')
  for (const [name, content] of Object.entries(files)) {
    await mkdir(join(folder, name, '..'), { recursive: true })
    await writeFile(join(folder, name), content)
  }
  return folder
}

/** What was skipped beside one good picture: by the files in a folder, and in a zip. */
async function skippedOf(files: Record<string, Uint8Array | string>, options: ImageFolderOptions = {}) {
  const all = { ...files, 'good.png': good }
  const zip = join(scratch(), 'pictures.zip')
  const entries = Object.entries(all).map(([name, content]) => ({ name, content: Buffer.from(content) }))
  await writeFile(zip, makeZip(entries))
  const found: (readonly string[])[] = []
  for (const path of [await folderOf(all), zip]) {
    const given = { size: 8, allowSkipped: true, cacheDir: scratch(), ...options }
    const dataset = await imageFolder(path, given)
    expect(dataset.size).toBe(Object.keys(all).length - dataset.skipped!.length)
    found.push(dataset.skipped!.map(({ name, why }) => `${name} ${why}`))
    await dataset.close?.()
  }
  expect(found[1]).toEqual(found[0])
  return found[0]!
}

describe('a picture that can’t be used is skipped, and says why', () => {
  test('corrupt, cut, empty, renamed, and none at all', async () => {
    const broken = Buffer.from(good)
    broken.fill(0x55, 60, 400)
    const cutHeader = jpeg.subarray(0, 12)
    const files = {
      'broken.png': broken,
      'cut-header.jpg': cutHeader,
      'cut.jpg': jpeg.subarray(0, jpeg.length / 2),
      'cut.png': good.subarray(0, good.length / 2),
      'empty.png': '',
      'text.png': 'this is no picture at all',
      'vector.png': '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>',
    }
    const skipped = await skippedOf(files)
    expect(skipped).toEqual([
      'broken.png is damaged or cut off, or of a kind that is not read here',
      'cut-header.jpg is damaged or cut off, or of a kind that is not read here',
      'cut.jpg is damaged or cut off',
      'cut.png is damaged or cut off',
      'empty.png is empty',
      'text.png is no JPEG, PNG, WebP, GIF, AVIF, TIFF, BMP or PPM',
      'vector.png is SVG, which is not read here: convert it to JPEG or PNG',
    ])
  })

  test('its content counts, not its name', async () => {
    expect(await skippedOf({ 'really-a-png.jpg': good, 'really-a-jpeg': jpeg, 'a.dat': good })).toEqual([])
  })

  test('cut anywhere', async () => {
    const formats = ['jpeg', 'png', 'webp', 'gif', 'tiff', 'avif'] as const
    for (const format of formats) {
      const whole = await picture(40, 30).toFormat(format).toBuffer()
      const files = [0.1, 0.3, 0.5, 0.7, 0.9].map(share => [
        `${share}.${format}`,
        whole.subarray(0, Math.floor(whole.length * share)),
      ])
      expect(await skippedOf(Object.fromEntries(files))).toHaveLength(5)
    }
  })

  test('smaller than the crop', async () => {
    expect(await skippedOf({ 'small.png': await png(29, 40) }, { crop: 30 })).toEqual([
      'small.png is 29×40, smaller than the crop of 30',
    ])
  })

  test('huge', async () => {
    const before = process.resourceUsage().maxRSS
    expect(
      await skippedOf({ 'huge.png': blackPng(30_000, 30_000), 'long.png': blackPng(1, 999_999) }),
    ).toEqual(['huge.png is too large: 30000×30000 pixels'])
    expect(process.resourceUsage().maxRSS - before).toBeLessThan(100 * 1024)
  })

  test('what unpacks to much more than it is takes little memory', async () => {
    const bomb = blackPng(11_000, 11_000)
    expect(bomb.length).toBeLessThan(2 ** 20)
    const before = process.resourceUsage().maxRSS
    expect(await skippedOf({ 'a.png': bomb, 'b.png': bomb, 'c.png': bomb, 'd.png': bomb })).toEqual([])
    expect(process.resourceUsage().maxRSS - before).toBeLessThan(300 * 1024)
  })
})

describe('names', () => {
  test.each([
    '猫/写真 一.png',
    'with spaces & "quotes" $HOME.png',
    '😀/🐱‍👤.png',
    "it's.PNG",
    'é (decomposed).png',
    '%2e%2e.png',
    'a\\b.png',
  ])('%s is read', async name => {
    const folder = await folderOf({ [name]: good })
    const dataset = await imageFolder(folder, { size: 8, cacheDir: scratch() })
    expect([dataset.size, dataset.skipped]).toEqual([1, []])
    await dataset.close?.()
  })

  test('what systems leave behind is not looked at', async () => {
    const noise = ['.DS_Store', '__MACOSX/._a.png', 'Thumbs.db', '.hidden/b.png', 'a/desktop.ini']
    const files = Object.fromEntries(noise.map(name => [name, 'noise']))
    const dataset = await imageFolder(await folderOf({ ...files, 'good.png': good }), { cacheDir: scratch() })
    expect([dataset.size, dataset.skipped]).toEqual([1, []])
    await dataset.close?.()
  })
})

describe('more than 5% skipped', () => {
  const many = (bad: number, of: number, name = 'bad.png') =>
    Object.fromEntries(
      Array.from({ length: of }, (_, i) => [`${i}-${i < bad ? name : 'good.png'}`, i < bad ? 'bad' : good]),
    )

  test('stops, unless it is allowed, also when the cache is there', async () => {
    const folder = await folderOf(many(2, 20))
    const options = { size: 8, cacheDir: scratch() }
    const message =
      /^\[gankit\/datasets\] 2 of 20 files had to be skipped, expected at most 5% \(0-bad\.png \(and 1 other\) is no .+\): mend .+ \(--allow-skipped\)$/
    expect(await failureOf(imageFolder(folder, options))).toMatch(message)
    const dataset = await imageFolder(folder, { ...options, allowSkipped: true })
    expect([dataset.size, dataset.skipped?.length]).toEqual([18, 2])
    await dataset.close?.()
    expect(await failureOf(imageFolder(folder, options))).toMatch(message)
  })

  test('5% is no more than 5%', async () => {
    const dataset = await imageFolder(await folderOf(many(1, 20)), { size: 8, cacheDir: scratch() })
    expect([dataset.size, dataset.skipped?.length]).toEqual([19, 1])
    await dataset.close?.()
  })

  test('pictures of kinds that are not read count, and are named with their numbers', async () => {
    const unread: Record<string, Uint8Array | string> = {}
    for (let i = 0; i < 4; i++) unread[`${i}.HEIC`] = Buffer.from('\0\0\0\x18ftypheic\0\0\0\0mif1heic')
    for (let i = 0; i < 3; i++) unread[`${i}.jxl`] = Buffer.from([0xff, 0x0a, 1, 2, 3])
    const svg = '<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg"/>'
    const folder = await folderOf({
      ...unread,
      'a.svg': svg,
      'no ending': svg,
      'a.txt': 'notes',
      'b.png': good,
    })
    const options = { size: 8, cacheDir: scratch() }
    expect(await failureOf(imageFolder(folder, options))).toBe(
      '[gankit/datasets] 9 of 11 files had to be skipped, expected at most 5% (0.HEIC (and 3 others) is HEIC, which is not read here: convert it to JPEG or PNG; 0.jxl (and 2 others) is JPEG XL, which is not read here: convert it to JPEG or PNG; a.svg (and 1 other) is SVG, which is not read here: convert it to JPEG or PNG): mend or remove them, or go on without them by allowSkipped (--allow-skipped)',
    )
    const dataset = await imageFolder(folder, { ...options, allowSkipped: true })
    expect([dataset.size, dataset.skipped?.length]).toEqual([1, 10])
    await dataset.close?.()
  })

  test.each(['jpeg', 'bmp', 'ppm', 'heic', 'jp2', 'svg', 'CR2', 'psd', 'exr', 'tga', 'ico', 'dcm'])(
    'one of .%s that can’t be read counts',
    async ending => {
      const folder = await folderOf({ [`a.${ending}`]: 'bad', 'b.png': good })
      expect(await failureOf(imageFolder(folder, { size: 8, cacheDir: scratch() }))).toContain('1 of 2 files')
    },
  )

  test('many notes hide no lost picture', async () => {
    const folder = await folderOf({ ...many(30, 36, 'notes.txt'), 'bad.png': 'bad' })
    expect(await failureOf(imageFolder(folder, { size: 8, cacheDir: scratch() }))).toContain('1 of 7 files')
  })

  test('files that are not meant to be pictures do not count', async () => {
    const files = many(10, 20, 'notes.txt')
    const dataset = await imageFolder(await folderOf(files), { size: 8, cacheDir: scratch() })
    expect([dataset.size, dataset.skipped?.length]).toEqual([10, 10])
    await dataset.close?.()
  })
})
