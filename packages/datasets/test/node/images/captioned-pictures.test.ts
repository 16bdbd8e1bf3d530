import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Dataset, disposeBatch, type TokenCondition } from '@gankit/core'
import { expect, test } from 'vitest'
import { openDataset } from '../../../src/node.ts'
import { failureOf, scratch } from '../scratch.ts'
import { png } from './make-picture.ts'
import { makeZip } from './make-zip.ts'

const fixtures = fileURLToPath(new URL('../../fixtures/captions', import.meta.url))

/** What make_captions.py wrote, in tokens. */
const expected = {
  'a.png': ['a red bird with black wings', '这 只 红 色 的 鸟 有 黑 色 的 翅 膀'],
  '鸟/b.png': ['戴 墨 镜 的 红 色 卷 发'],
  'c.png': ['the crown is yellow'],
}

/** A folder of these pictures, and d.png without a caption. */
async function folderOf(names: readonly string[] = [...Object.keys(expected), 'd.png']): Promise<string> {
  const folder = join(scratch(), 'pictures')
  for (const [i, name] of names.entries()) {
    await mkdir(join(folder, name, '..'), { recursive: true })
    await writeFile(join(folder, name), await png(10, 10, i))
  }
  return folder
}

interface Opened {
  readonly dataset: Dataset
  readonly notes: readonly string[]
}

async function open(path: string, captions: string, options = {}): Promise<Opened> {
  const notes: string[] = []
  const context = { cacheDir: scratch(), onNote: (note: string) => notes.push(note) }
  return { dataset: await openDataset(`folder:${path}`, { size: 8, captions, ...options }, context), notes }
}

/** The captions of all samples in order, over some epochs. */
async function readCaptions(dataset: Dataset, epochs = 20): Promise<string[][]> {
  const { words } = dataset.condition as TokenCondition
  const found: Set<string>[] = Array.from({ length: dataset.size }, () => new Set())
  for await (const batch of dataset.batches({ size: dataset.size, shuffle: false, epochs })) {
    const rows = batch.condition!.arraySync() as number[][]
    for (const [i, row] of rows.entries())
      found[i]!.add(
        row
          .filter(Boolean)
          .map(token => words![token])
          .join(' '),
      )
    disposeBatch(batch)
  }
  return found.map(captions => [...captions].sort())
}

const encodings = (await readdir(fixtures)).filter(name => name.endsWith('.tsv'))

test.each(encodings)('captions in %s are read, and pictures without one left out', async name => {
  const folder = await folderOf()
  const { dataset, notes } = await open(folder, join(fixtures, name))
  expect(await readCaptions(dataset)).toEqual([expected['a.png'], expected['c.png'], expected['鸟/b.png']])
  expect(dataset.skipped).toEqual([{ name: 'd.png', why: `has no caption in ${name}` }])
  expect(notes).toEqual(name.startsWith('gb18030') ? [expect.stringContaining('is read as GB18030')] : [])
  await dataset.close?.()
})

test('every way to write them is tried', () => {
  expect(encodings).toHaveLength(12)
})

test('a CSV is told what to be', async () => {
  expect(await failureOf(open(await folderOf(), join(fixtures, 'comma.csv')))).toMatch(
    /line 1 of .*comma.csv has no tab \('a.png,"a red bird.*if it is a CSV, save it as text separated by tabs$/,
  )
})

test('captions of a zip, with classes, in batches of a run that goes on', async () => {
  const zip = join(scratch(), 'pictures.zip')
  const names = ['cats/a.png', 'cats/b.png', 'dogs/c.png', 'dogs/d.png']
  await writeFile(
    zip,
    makeZip(await Promise.all(names.map(async (name, i) => ({ name, content: await png(9, 9, i) })))),
  )
  const captions = join(scratch(), 'c.tsv')
  await writeFile(
    captions,
    names
      .slice(1)
      .flatMap(name => ['one', 'two', 'three'].map(word => `${name}\t${word} ${name}\n`))
      .join(''),
  )
  const { dataset } = await open(zip, captions, { labels: 'folders' })
  expect([dataset.size, dataset.classes]).toEqual([3, ['cats', 'dogs']])
  const take = async (position?: { epoch: number; batch: number }) => {
    const found: string[] = []
    for await (const batch of dataset.batches({
      size: 1,
      seed: 1,
      epochs: 4,
      ...(position && { position }),
    })) {
      found.push(`${batch.labels} ${batch.condition!.dataSync().join(' ')}`)
      disposeBatch(batch)
    }
    return found
  }
  const all = await take()
  expect(all).toHaveLength(12)
  expect(await take({ epoch: 2, batch: 1 })).toEqual(all.slice(7))
  await dataset.close?.()
})

test('what is left out and cut is one note, with its lines', async () => {
  const captions = join(scratch(), 'c.tsv')
  await writeFile(
    captions,
    `file\tcaption\na.png\tred\na.png\tred\nb.png\t\nnone.png\tblue\nd.png\t${'word '.repeat(10_000)}\n`,
  )
  const { dataset, notes } = await open(await folderOf(), captions)
  expect(notes).toEqual([
    `of the captions of ${captions} 2 have no picture (first line 1), 1 is empty (line 4), 1 is there twice (line 3), 1 is cut to 32 words (line 6)`,
  ])
  expect((dataset.condition as TokenCondition).words).toEqual(['', '?', 'red', 'word'])
  expect(dataset.skipped!.map(({ name }) => name)).toEqual(['c.png', '鸟/b.png'])
  await dataset.close?.()
})

test('a picture that is damaged is skipped, and the others keep their captions', async () => {
  const folder = await folderOf()
  await writeFile(join(folder, 'b-damaged.png'), 'no picture')
  const { dataset } = await open(folder, join(fixtures, 'utf-8.tsv')).catch(async () => {
    // More than 5% are damaged.
    const options = { size: 8, captions: join(fixtures, 'utf-8.tsv') }
    return {
      dataset: await openDataset(`folder:${folder}`, options, { cacheDir: scratch(), allowSkipped: true }),
    }
  })
  expect((await readCaptions(dataset)).map(([first]) => first)).toEqual([
    expected['a.png'][0],
    expected['c.png'][0],
    expected['鸟/b.png'][0],
  ])
  await dataset.close?.()
})

test('captions without pictures, pictures without captions and files that are none are one line', async () => {
  const folder = await folderOf()
  const file = async (content: string | Uint8Array) => {
    const path = join(scratch(), 'c.tsv')
    await writeFile(path, content)
    return path
  }
  const failure = async (captions: string) => failureOf(open(folder, captions))
  const elsewhere = await file('x.png\ta bird\n')
  expect(await failure(elsewhere)).toBe(
    `[gankit/datasets] none of the captions of ${elsewhere} names a picture of ${folder}: line 1 names 'x.png', and there is 'a.png'`,
  )
  expect(await failure(await file(''))).toContain('has no captions, expected lines of')
  expect(await failure(await file('a.png\t\n'))).toContain('has no captions')
  expect(await failure(await file(await readFile(join(folder, 'a.png'))))).toMatch(
    /no text in UTF-8|has no tab/,
  )
  expect(await failure(await file(Uint8Array.of(0x61, 0x09, 0xff, 0xff, 0x0a)))).toContain(
    'no text in UTF-8, UTF-16 or GB18030',
  )
  expect(await failure('both')).toContain("captions is 'both', which is for cartoon faces and birds")
  await expect(open(folder, join(folder, 'none.tsv'))).rejects.toThrow(
    /^\[gankit\/core\] could not read .*none.tsv: there is no such file/,
  )
  await expect(open(folder, folder)).rejects.toThrow(/could not read .*: it is a folder, expected a file/)
})

test('the same pictures with other captions are packed once', async () => {
  const [folder, cacheDir] = [await folderOf(), scratch()]
  for (const captions of ['', join(fixtures, 'utf-8.tsv'), join(fixtures, 'gb18030.tsv')]) {
    const dataset = await openDataset(
      `folder:${folder}`,
      { size: 8, ...(captions && { captions }) },
      { cacheDir },
    )
    expect(dataset.size).toBe(captions ? 3 : 4)
    await dataset.close?.()
  }
  expect((await readdir(join(cacheDir, 'packed'))).map(name => basename(name))).toHaveLength(1)
})
