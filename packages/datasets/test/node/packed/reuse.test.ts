import { mkdir, rename, rm, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { type ImageFolderOptions, imageFolder } from '../../../src/node/image-folder.ts'
import { openPacked } from '../../../src/node/packed/open.ts'
import { png } from '../images/make-picture.ts'
import { makeZip } from '../images/make-zip.ts'
import { pixelsOf } from '../pixels-of.ts'
import { failureOf, scratch, tree } from '../scratch.ts'
import { cheapPlan, onlyOpened } from './cheap-plan.ts'

/** Opens pictures. @returns whether they were packed now, why a cache was not used, and the pixels */
async function opened(path: string, options: ImageFolderOptions) {
  const notes: string[] = []
  let made = false
  const dataset = await imageFolder(path, {
    size: 8,
    ...options,
    onNote: line => notes.push(line),
    onProgress: () => {
      made = true
    },
  })
  const pixels = await pixelsOf(dataset)
  await dataset.close?.()
  return { made, notes, pixels, skipped: dataset.skipped }
}

test('a cache is used while the files are the same, and made anew when one is not', async () => {
  const [folder, cacheDir] = [join(scratch(), 'pictures'), scratch()]
  await mkdir(folder)
  const path = (name: string) => join(folder, `${name}.png`)
  for (const [i, name] of ['a', 'b', 'c'].entries()) await writeFile(path(name), await png(8, 8, i))
  const open = () => opened(folder, { cacheDir })
  const first = await open()
  expect([first.made, first.notes]).toEqual([true, []])
  expect(await open()).toEqual({ ...first, made: false })

  const changes = [
    async () => writeFile(path('b'), await png(8, 8, 9)),
    async () => writeFile(path('d'), await png(8, 8, 10)),
    () => rename(path('d'), path('e')),
    () => utimes(path('a'), 1, 1),
    () => rm(path('c')),
  ]
  for (const change of changes) {
    await change()
    const { made, notes } = await open()
    expect(made).toBe(true)
    expect(notes).toEqual([expect.stringContaining('was made of other files, or they have changed since')])
    expect((await open()).made).toBe(false)
  }
  expect(tree(join(cacheDir, 'packed'))).toHaveLength(4)
})

test('a zip that is replaced is read anew', async () => {
  const [zip, cacheDir] = [join(scratch(), 'pictures.zip'), scratch()]
  const pixels: unknown[] = []
  for (const seed of [1, 2]) {
    await writeFile(zip, makeZip([{ name: 'a.png', content: await png(8, 8, seed), method: 'stored' }]))
    expect((await opened(zip, { cacheDir })).made).toBe(true)
    const again = await opened(zip, { cacheDir })
    expect(again.made).toBe(false)
    pixels.push(again.pixels)
  }
  expect(pixels[0]).not.toEqual(pixels[1])
})

test('options that change pixels have caches of their own, others share one', async () => {
  const [folder, cacheDir] = [scratch(), scratch()]
  await writeFile(join(folder, 'a.png'), await png(20, 10))
  const variants: ImageFolderOptions[] = [
    {},
    { size: 9 },
    { size: [8, 9] },
    { channels: 1 },
    { crop: 'none' },
    { crop: 9 },
    { resize: 'linear' },
    { background: [0, 0, 0] },
  ]
  for (const made of [true, false])
    for (const variant of variants) expect((await opened(folder, { cacheDir, ...variant })).made).toBe(made)
  expect((await opened(folder, { cacheDir, flip: true, allowSkipped: true })).made).toBe(false)
})

test('nothing is written beside the cache, nor left of its making', async () => {
  const home = scratch()
  await mkdir(join(home, 'pictures'))
  await writeFile(join(home, 'pictures/a.png'), await png(8, 8))
  await writeFile(join(home, 'b.zip'), makeZip([{ name: 'b.png', content: await png(8, 8) }]))
  const before = tree(home)
  const cacheDir = join(home, 'cache')
  for (const name of ['pictures', 'b.zip']) await opened(join(home, name), { cacheDir })
  const added = tree(home).filter(name => !before.includes(name))
  const files = ['', '/index.bin', '/manifest.json', '/pixels.bin'].map(name => `CACHE${name}`)
  expect(added.map(name => name.replace(/cache\/packed\/[\w-]+/, 'CACHE'))).toEqual([
    'cache',
    'cache/packed',
    ...files,
    ...files,
  ])
})

test('calls at once make a cache once, and each gets it', async () => {
  const cacheDir = scratch()
  let makes = 0
  const plan = cheapPlan()
  const counting: typeof plan = {
    ...plan,
    make(from, to) {
      makes++
      return plan.make(from, to)
    },
  }
  const datasets = await Promise.all([1, 2, 3].map(() => openPacked(counting, { cacheDir })))
  expect(makes).toBe(8)
  for (const dataset of datasets) {
    expect(dataset.size).toBe(1960)
    await dataset.close?.()
  }
})

test('labels and attributes come back as they were packed', async () => {
  const cacheDir = scratch()
  await (await openPacked(cheapPlan(), { cacheDir })).close?.()
  const dataset = await openPacked(onlyOpened(), { cacheDir })
  const { value } = await dataset.batches({ size: 100, shuffle: false }).next()
  const numbers = Array.from({ length: 102 }, (_, i) => i).filter(i => i % 50 !== 49)
  expect([...value.labels]).toEqual(numbers.map(i => i % 3))
  expect([...value.attributes]).toEqual(numbers.flatMap(i => [i % 2, i % 4]))
  value.samples.dispose()
  await dataset.close?.()
  expect(await failureOf(dataset.batches({ size: 1 }).next())).toContain('is closed: open it again')
})

test('large samples are packed a few at a time', async () => {
  const most: number[] = []
  const shape = [1000, 1000, 3]
  const make = async (from: number, to: number) => {
    most.push(to - from)
    return Array.from({ length: to - from }, () => ({ bytes: new Uint8Array(3_000_000) }))
  }
  const { classes, attributes, ...plan } = cheapPlan({ sampleShape: shape, count: 12, make })
  expect([classes, attributes].every(Boolean)).toBe(true)
  await (await openPacked(plan, { cacheDir: scratch() })).close?.()
  expect(most).toEqual([5, 5, 2])
})
