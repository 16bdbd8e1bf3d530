import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { isGankitError } from '@gankit/core'
import fc from 'fast-check'
import { afterAll, describe, expect, test } from 'vitest'
import { type MnistFolderOptions, mnistFolder } from '../../src/node.ts'
import { conformsToDataset } from '../conformance.ts'
import { idxBytes, idxImages, idxLabels } from '../idx-bytes.ts'

const root = await mkdtemp(join(tmpdir(), 'idx-'))
afterAll(() => rm(root, { recursive: true }))

/** A folder with these files. */
async function folderOf(files: Record<string, Uint8Array>): Promise<string> {
  const folder = await mkdtemp(join(root, 'f-'))
  for (const [name, bytes] of Object.entries(files)) await writeFile(join(folder, name), bytes)
  return folder
}

const images = 'train-images-idx3-ubyte'
const labels = 'train-labels-idx1-ubyte'
const whole = { [images]: idxImages(40, 5, 3), [labels]: idxLabels(40) }

conformsToDataset('an IDX folder', async () => mnistFolder(await folderOf(whole)))
conformsToDataset('an IDX folder, gzip, without labels', async () =>
  mnistFolder(await folderOf({ [`${images}.gz`]: gzipSync(idxImages(21, 4, 4)) })),
)

/** The size of the dataset, and its first sample's first pixels as bytes. */
async function first(folder: string, options?: MnistFolderOptions) {
  const dataset = await mnistFolder(folder, options)
  const { value } = await dataset.batches({ size: dataset.size, shuffle: false }).next()
  const values = value.samples.dataSync()
  value.samples.dispose()
  return {
    size: dataset.size,
    shape: dataset.sampleShape,
    classes: dataset.classes?.length,
    labels: value.labels && Array.from(value.labels as Int32Array),
    bytes: Array.from(values as Float32Array, x => Math.round((x + 1) * 127.5)),
  }
}

describe('files are found', () => {
  test.each([
    ['plain', images, labels, (b: Uint8Array) => b],
    ['gzip', `${images}.gz`, `${labels}.gz`, gzipSync],
    ['with a dot', 'train-images.idx3-ubyte', 'train-labels.idx1-ubyte', (b: Uint8Array) => b],
    ['with a dot, gzip', 'train-images.idx3-ubyte.gz', 'train-labels.idx1-ubyte.gz', gzipSync],
    ['test only', 't10k-images-idx3-ubyte', 't10k-labels-idx1-ubyte', (b: Uint8Array) => b],
    ['unpacked under the name of a gzip file', `${images}.gz`, `${labels}.gz`, (b: Uint8Array) => b],
  ])('%s', async (_, imagesName, labelsName, pack) => {
    const files = { [imagesName]: pack(idxImages(12, 5, 3)), [labelsName]: pack(idxLabels(12)) }
    expect(await first(await folderOf(files))).toEqual({
      size: 12,
      shape: [5, 3, 1],
      classes: 10,
      labels: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 1],
      bytes: Array.from(idxImages(12, 5, 3).subarray(16)),
    })
  })

  test('a gzip file of many chunks', async () => {
    const folder = await folderOf({ [`${images}.gz`]: gzipSync(idxImages(3000, 28, 28)) })
    const { bytes } = await first(folder)
    expect(Buffer.from(bytes).equals(idxImages(3000, 28, 28).subarray(16))).toBe(true)
  })

  test('a split is train, test or all', async () => {
    const folder = await folderOf({
      ...whole,
      't10k-images-idx3-ubyte': idxBytes([2, 5, 3], new Uint8Array(30).fill(9)),
      't10k-labels-idx1-ubyte': Uint8Array.of(0, 0, 8, 1, 0, 0, 0, 2, 7, 8),
    })
    expect((await first(folder)).size).toBe(40)
    expect((await first(folder, { split: 'train' })).size).toBe(40)
    const test = await first(folder, { split: 'test' })
    expect([test.size, test.labels]).toEqual([2, [7, 8]])
    const all = await first(folder, { split: 'all' })
    expect(all.size).toBe(42)
    expect(all.labels!.slice(39)).toEqual([9, 7, 8])
    expect(all.bytes.slice(39 * 15)).toEqual([
      ...idxImages(40, 5, 3).subarray(16 + 39 * 15),
      ...Array(30).fill(9),
    ])
  })
})

const damaged = gzipSync(idxImages(40, 5, 3))
damaged[30]! ^= 0xff
const flippedEnd = gzipSync(idxImages(40, 5, 3))
flippedEnd[flippedEnd.length - 6]! ^= 0xff

describe('bad input says what is wrong', () => {
  const fails = async (folder: string, message: string, options?: MnistFolderOptions) => {
    const error = await mnistFolder(folder, options).then(
      () => expect.fail('no error'),
      error => error,
    )
    expect(error.message).toContain(message)
    expect(error.message).toMatch(/^\[gankit\/datasets\] [^\n]+$/)
    expect(isGankitError(error)).toBe(true)
  }
  const file = (kind: string, folder: string, name: string) => `${kind} file ${join(folder, name)}`

  test('about the folder', async () => {
    await fails(join(root, 'nowhere'), `folder ${join(root, 'nowhere')} does not exist`)
    const folder = await folderOf(whole)
    await fails(join(folder, images), 'is not a folder')
    await fails(await folderOf({}), 'is empty, expected train-images-idx3-ubyte')
    const others = await folderOf({ 'cat.png': new Uint8Array(3) })
    await fails(others, `folder ${others} has no IDX files, expected train-images-idx3-ubyte`)
    await fails(await folderOf({ [labels]: idxLabels(3) }), 'has labels but no images, expected train-images')
    await fails(folder, 'has no images, expected t10k-images-idx3-ubyte', { split: 'test' })
    await fails(folder, 'has no images, expected t10k-images-idx3-ubyte', { split: 'all' })
    await fails(folder, "split is valid, expected 'train', 'test' or 'all'", { split: 'valid' as 'all' })
  })

  test.each<[string, Record<string, Uint8Array>, string]>([
    [
      'the labels for the images',
      { [images]: idxLabels(40) },
      'has magic 0x00000801, expected 0x00000803 (IDX, 3 dimensions): is this the labels file?',
    ],
    [
      'another magic',
      { [images]: Buffer.from('GIF89a, and more') },
      'has magic 0x47494638, expected 0x00000803',
    ],
    ['an empty file', { [images]: Buffer.of() }, 'is empty'],
    [
      'half a header',
      { [images]: idxImages(2, 2, 2).subarray(0, 9) },
      'has 9 bytes, expected a header of 16',
    ],
    [
      'a truncated file',
      { [images]: idxImages(40, 5, 3).subarray(0, 600) },
      'has no more than 600 bytes, expected 616',
    ],
    [
      'trailing bytes',
      { [images]: Buffer.concat([idxImages(40, 5, 3), Buffer.of(1)]) },
      'has more than 616 bytes, expected 616',
    ],
    [
      'a truncated gzip',
      { [images]: gzipSync(idxImages(40, 5, 3)).subarray(0, 200) },
      'is a damaged gzip file (',
    ],
    [
      'a gzip of the header only',
      { [images]: gzipSync(idxImages(40, 5, 3)).subarray(0, 12) },
      'is a damaged gzip file (',
    ],
    ['a corrupted gzip', { [images]: damaged }, 'is a damaged gzip file ('],
    [
      'a gzip with a wrong checksum',
      { [images]: flippedEnd },
      'is a damaged gzip file (incorrect data check)',
    ],
    [
      'a gzip that holds less than it says',
      { [images]: gzipSync(idxImages(40, 5, 3).subarray(0, 600)) },
      'has 600 bytes, expected 616',
    ],
    [
      'a gzip that expands far beyond its header',
      { [images]: gzipSync(Buffer.concat([idxImages(1, 2, 2), Buffer.alloc(2 ** 26)])) },
      'has more than 20 bytes, expected 20',
    ],
    [
      'a header that claims gigabytes',
      { [images]: gzipSync(idxBytes([60_000, 256, 256], new Uint8Array(0))) },
      'has no more than',
    ],
    [
      'a header that claims more than 4 GiB',
      { [images]: idxBytes([70_000, 256, 256], new Uint8Array(0)) },
      'claims shape 70000×256×256, expected at most 4 GiB',
    ],
    [
      'no images',
      { [images]: idxBytes([0, 28, 28], new Uint8Array(0)) },
      'has shape 0×28×28, expected at least',
    ],
    ['images without pixels', { [images]: idxBytes([9, 0, 28], new Uint8Array(0)) }, 'has shape 9×0×28'],
  ])('%s', async (_, files, message) => {
    const folder = await folderOf(files)
    await fails(folder, `${file('images', folder, images)} ${message}`)
  })

  test('labels that do not go with the images', async () => {
    const folder = await folderOf({ ...whole, [labels]: idxLabels(39) })
    await fails(
      folder,
      `${file('labels', folder, labels)} has 39 labels, expected 40 as there are images in ${join(folder, images)}: do they belong together?`,
    )
    const swapped = await folderOf({ ...whole, [labels]: idxImages(40, 5, 3) })
    await fails(
      swapped,
      'has magic 0x00000803, expected 0x00000801 (IDX, 1 dimension): is this the images file?',
    )
  })

  test('splits that do not go together', async () => {
    const t10k = 't10k-images-idx3-ubyte'
    const sizes = await folderOf({ ...whole, [t10k]: idxImages(2, 3, 5) })
    await fails(sizes, 'has images of 3×5, expected 5×3', { split: 'all' })
    const oneLabels = await folderOf({ ...whole, [t10k]: idxImages(2, 5, 3) })
    await fails(oneLabels, 'has labels for one of train and t10k only', { split: 'all' })
  })

  test('a folder in place of a file', async () => {
    const folder = await folderOf({})
    await mkdir(join(folder, images))
    await fails(folder, `${file('images', folder, images)} can't be read (EISDIR)`)
  })

  test.skipIf(process.platform === 'win32' || process.getuid?.() === 0)(
    'a file without permission',
    async () => {
      const folder = await folderOf(whole)
      await chmod(join(folder, images), 0)
      await fails(folder, `${file('images', folder, images)} can't be read (EACCES)`)
    },
  )

  test('arbitrary bytes, plain or gzip, give a dataset or an error of ours', async () => {
    const folder = await folderOf({})
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 40 }),
      fc.uint8Array({ maxLength: 40 }).map(gzipSync),
      fc.tuple(fc.nat(damaged.length - 1), fc.nat(255)).map(([at, byte]) => damaged.with(at, byte)),
      fc.nat(615).chain(at => fc.nat(255).map(byte => idxImages(40, 5, 3).with(at, byte))),
    )
    const holds = async (content: Uint8Array) => {
      await writeFile(join(folder, images), content)
      const outcome: unknown = await mnistFolder(folder).catch(error => error)
      if (outcome instanceof Error && !isGankitError(outcome)) throw outcome
    }
    await fc.assert(fc.asyncProperty(bytes, holds), { seed: 1, numRuns: 400 })
  })
})
