import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Dataset } from '@gankit/core'
import { afterAll, describe, expect, test } from 'vitest'
import { type ImagePairsOptions, imagePairs } from '../../../src/node/pairs/image-pairs.ts'
import { conformsToDataset } from '../../conformance.ts'
import { makeZip } from '../images/make-zip.ts'
import { pixelsOf } from '../pixels-of.ts'
import { failureOf } from '../scratch.ts'
import { flat, joined } from './make-pairs.ts'

const home = await mkdtemp(join(tmpdir(), 'gankit-pairs-'))
afterAll(() => rm(home, { recursive: true }))
let made = 0
/** The path of a new folder, which isn't there yet. */
const scratch = () => join(home, String(made++))

/** Writes files into a folder of their own. */
async function folderOf(files: Readonly<Record<string, Uint8Array | string>>): Promise<string> {
  const folder = join(scratch(), 'set')
  for (const [name, content] of Object.entries(files)) {
    await mkdir(join(folder, name, '..'), { recursive: true })
    await writeFile(join(folder, name), content)
  }
  return folder
}

const numbers = Array.from({ length: 14 }, (_, i) => i)
/** Pair n is n + 1 levels of red, and as many of blue. */
const red = (n: number, width = 20, height = 20) => flat(width, height, [n + 1, 0, 0])
const blue = (n: number, width = 20, height = 20) => flat(width, height, [0, 0, n + 1])

/** Which pairs the samples are of, by their red or blue. */
async function pairsOf(dataset: Dataset, channel: 0 | 2): Promise<number[]> {
  const found = (await pixelsOf(dataset)).map(pixels => {
    expect(new Set(pixels.filter((_, i) => i % 3 === channel)).size).toBe(1)
    expect(pixels.every((level, i) => i % 3 === channel || level === 0)).toBe(true)
    return pixels[channel]! - 1
  })
  await dataset.close?.()
  return found
}

/** The numbers of the pairs that both sides have, in their order. */
async function openBoth(path: string, options: ImagePairsOptions = {}) {
  const cacheDir = scratch()
  const [a, b] = [
    await imagePairs(path, { size: 8, cacheDir, ...options, side: 'a' }),
    await imagePairs(path, { size: 8, cacheDir, ...options, side: 'b' }),
  ]
  expect(a.skipped).toEqual(b.skipped)
  const skipped = a.skipped!
  return { a: await pairsOf(a, 0), b: await pairsOf(b, 2), skipped }
}

const sideBySide = async () => {
  const files = numbers.map(async n => [`${n + 10}.png`, await joined([n + 1, 0, 0], [0, 0, n + 1])] as const)
  return Object.fromEntries(await Promise.all(files))
}
const twoFolders = async (a = 'A', b = 'B') => {
  const files = numbers.map(
    async n =>
      [
        [`${a}/${n + 10}.png`, await red(n)] as const,
        [`${b}/${n + 10}.png`, await blue(n)] as const,
      ] as const,
  )
  return Object.fromEntries((await Promise.all(files)).flat())
}

const conforming = await folderOf(await sideBySide())
conformsToDataset('the left halves of pairs', () =>
  imagePairs(conforming, { size: 8, side: 'a', cacheDir: scratch() }),
)
conformsToDataset('pairs, both', () => imagePairs(conforming, { size: 8, cacheDir: scratch(), channels: 1 }))

describe('halves of one picture', () => {
  test('are a and b, and no pixel of the other is mixed in', async () => {
    const { a, b, skipped } = await openBoth(await folderOf(await sideBySide()))
    expect([a, b, skipped]).toEqual([numbers, numbers, []])
  })

  test('both are shown beside one another', async () => {
    const folder = await folderOf(await sideBySide())
    const both = await imagePairs(folder, { size: [4, 6], cacheDir: scratch(), flip: true })
    expect(both.sampleShape).toEqual([4, 12, 3])
    const [, second] = await pixelsOf(both)
    const row = [...Array(6).fill([2, 0, 0]), ...Array(6).fill([0, 0, 2])].flat()
    expect([...second!]).toEqual([row, row, row, row].flat())
    await both.close?.()
  })

  test('an odd width and a damaged file leave both out', async () => {
    const files = { ...(await sideBySide()), '13.png': await flat(41, 20, [9, 9, 9]), '20.png': 'damaged' }
    const { a, b, skipped } = await openBoth(await folderOf(files), { allowSkipped: true })
    const left = numbers.filter(n => n !== 3 && n !== 10)
    expect([a, b]).toEqual([left, left])
    expect(skipped).toEqual([
      { name: '13.png', why: 'is 41 pixels wide, expected an even number: its halves are the pair' },
      { name: '20.png', why: 'is no JPEG, PNG, WebP, GIF, AVIF, TIFF, BMP or PPM' },
    ])
  })
})

describe.each([
  ['A', 'B'],
  ['trainA', 'trainB'],
  ['a', 'b'],
  ['maps/A', 'maps/B'],
])('folders %s and %s', (sideA, sideB) => {
  test('are matched by name, whatever the endings, in a folder and in a zip', async () => {
    const files: Record<string, Uint8Array> = await twoFolders(sideA, sideB)
    files[`${sideB}/10.jpg`] = files[`${sideB}/10.png`]!
    delete files[`${sideB}/10.png`]
    const folder = await folderOf({ ...files, 'README.txt': 'of pairs', 'testA/0.png': await red(40) })
    const expected = { a: numbers, b: numbers, skipped: [] }
    expect(await openBoth(folder)).toEqual(expected)
    const zip = `${scratch()}.zip`
    const entries = Object.entries(files).map(([name, content]) => ({ name, content: Buffer.from(content) }))
    await writeFile(zip, makeZip(entries.map(entry => ({ ...entry, method: 'stored' as const }))))
    expect(await openBoth(zip)).toEqual(expected)
  })
})

describe('pairs of files', () => {
  test('whatever is wrong with one picture leaves the pair out, and the others stay pairs', async () => {
    const files: Record<string, Uint8Array | string> = await twoFolders()
    files['A/10.png'] = (files['A/10.png'] as Uint8Array).subarray(0, 50)
    files['B/12.png'] = 'no picture'
    delete files['A/14.png']
    delete files['B/23.png']
    files['B/16.png'] = await blue(6, 20, 30)
    files['A/18.jpg'] = files['A/18.png']!
    files['A/notes.txt'] = 'notes'
    const folder = await folderOf(files)
    const { a, b, skipped } = await openBoth(folder, { allowSkipped: true })
    const left = numbers.filter(n => ![0, 2, 4, 13, 6, 8].includes(n))
    expect([a, b]).toEqual([left, left])
    expect(skipped).toEqual([
      { name: 'A/10.png', why: 'is damaged or cut off, or of a kind that is not read here' },
      { name: 'B/12.png', why: 'is no JPEG, PNG, WebP, GIF, AVIF, TIFF, BMP or PPM' },
      { name: 'A/16.png', why: 'is 20×20, and its partner is 20×30' },
      ...['A/18.jpg', 'A/18.png', 'B/18.png'].map(name => ({
        name,
        why: 'has the name of another but for the ending, so that its partner is not certain',
      })),
      ...['A/23.png', 'A/notes.txt', 'B/14.png'].map(name => ({
        name,
        why: 'has no partner of its name on the other side',
      })),
    ])
    expect(await failureOf(imagePairs(folder, { size: 8, cacheDir: scratch() }))).toMatch(
      /\d of \d+ files had to be skipped, expected at most 5% \(.*go on without them by allowSkipped/,
    )
  })

  test('a low and a high resolution of one picture are a pair, by crops of their shape but not of so many pixels', async () => {
    const files: Record<string, Uint8Array> = {}
    for (const n of numbers) {
      files[`A/${n + 10}.png`] = await red(n, 15, 10)
      files[`B/${n + 10}.png`] = await blue(n, 61, 40)
    }
    const folder = await folderOf(files)
    expect(await openBoth(folder)).toEqual({ a: numbers, b: numbers, skipped: [] })
    expect(await failureOf(imagePairs(folder, { size: 8, crop: 8, cacheDir: scratch() }))).toContain(
      '14 of 14 files had to be skipped, expected at most 5% (A/10.png (and 13 others) is 15×10, and its partner is 61×40)',
    )
  })

  test('the cache is made anew where a file of either side changes', async () => {
    const cacheDir = scratch()
    const folder = await folderOf(await twoFolders())
    const open = (side: 'a' | 'b') => imagePairs(folder, { size: 8, cacheDir, side })
    expect(await pairsOf(await open('b'), 2)).toEqual(numbers)
    await writeFile(join(folder, 'B/10.png'), await blue(50, 24, 24))
    await writeFile(join(folder, 'A/10.png'), await red(50, 24, 24))
    expect(await pairsOf(await open('a'), 0)).toEqual([50, ...numbers.slice(1)])
    expect(await pairsOf(await open('b'), 2)).toEqual([50, ...numbers.slice(1)])
  })

  test('flips, jitter and moves are the same on both sides', async () => {
    const files: Record<string, Uint8Array> = {}
    for (const n of numbers) files[`${n + 10}.png`] = await joined([n + 1, 0, 0], [0, 0, n + 1], 'slope')
    const folder = await folderOf(files)
    const options = { size: 16, flip: true, jitter: 0.5, cacheDir: scratch() }
    const [a, b] = [
      await imagePairs(folder, { ...options, side: 'a' }),
      await imagePairs(folder, { ...options, side: 'b' }),
    ]
    const [left, right] = [a, b].map(side => side.batches({ size: 7, seed: 3, epochs: 2 }))
    const seen = new Set<string>()
    for (;;) {
      const [first, second] = [await left!.next(), await right!.next()]
      if (first.done) break
      const [p, q] = [await first.value.samples.data(), await second.value!.samples.data()]
      first.value.samples.dispose()
      second.value!.samples.dispose()
      // Green is the same slope on both sides.
      for (let i = 1; i < p.length; i += 3) expect(p[i]).toBe(q[i])
      for (let i = 0; i < p.length; i += 16 * 16 * 3) seen.add(`${p[i + 1]} ${p[i + 46]}`)
    }
    expect(seen.size).toBeGreaterThan(20)
    await Promise.all([a.close?.(), b.close?.()])
  })
})

test('folders that are no pairs say so', async () => {
  const open = async (files: Record<string, Uint8Array>) =>
    failureOf(imagePairs(await folderOf(files), { size: 8, cacheDir: scratch() }))
  const picture = await red(0)
  expect(await open({ 'A/1.png': picture, 'C/1.png': picture })).toContain(
    'set has no folders A and B, nor trainA and trainB, expected a folder of pictures for each side',
  )
  expect(await open({ 'A/1.png': picture, 'B/2.png': picture })).toContain(
    'has 1 file on side A and 1 on side B, and no two of one name, expected pairs such as A/1.jpg and B/1.png',
  )
  const twice = ['x/A/1.png', 'x/B/1.png', 'y/A/1.png', 'y/B/1.png']
  expect(await open(Object.fromEntries(twice.map(name => [name, picture])))).toContain(
    'has folders for both sides in x and in y, expected one set of pairs: name its folder',
  )
})
