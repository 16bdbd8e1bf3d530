import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { imageFolder } from '../../../src/node/image-folder.ts'
import { conformsToDataset } from '../../conformance.ts'
import { pixelsOf } from '../pixels-of.ts'
import { picture } from './make-picture.ts'
import { makeZip } from './make-zip.ts'

const home = await mkdtemp(join(tmpdir(), 'image-folder-'))
const [folder, zip, cacheDir] = [join(home, 'pictures'), join(home, 'pictures.zip'), join(home, 'cache')]
afterAll(() => rm(home, { recursive: true }))

const formats = { jpeg: 'jpg', png: 'png', webp: 'webp', gif: 'GIF', avif: 'avif', tiff: 'tif' } as const
const files = await Promise.all(
  ['cats/big', 'cats/small', 'dogs'].flatMap((below, i) =>
    Object.entries(formats).map(async ([format, ending], j) => {
      const seed = i * 10 + j
      const content = await picture(20 + seed, 30 - i, seed)
        .toFormat(format as keyof typeof formats)
        .toBuffer()
      return { name: `${below}/${seed}.${ending}`, content, method: j % 2 ? 'stored' : 'deflate' } as const
    }),
  ),
)
for (const { name, content } of files) {
  await mkdir(join(folder, name, '..'), { recursive: true })
  await writeFile(join(folder, name), content)
}
await writeFile(zip, makeZip(files))

const options = { size: [12, 16], labels: 'folders', cacheDir } as const
conformsToDataset('a folder of pictures', () => imageFolder(folder, options))
conformsToDataset('a zip of pictures', () => imageFolder(zip, { ...options, channels: 1 }))

describe('a folder and a zip of it', () => {
  test('give the same samples, classes and labels, by the order of names', async () => {
    const [a, b] = [await imageFolder(folder, options), await imageFolder(zip, options)]
    expect(a.size).toBe(18)
    expect(a.classes).toEqual(['cats', 'dogs'])
    expect(b.classes).toEqual(a.classes)
    expect(a.skipped).toEqual([])
    expect(await pixelsOf(b)).toEqual(await pixelsOf(a))
    const { value } = await a.batches({ size: 18, shuffle: false }).next()
    expect([...value.labels]).toEqual([...Array(12).fill(0), ...Array(6).fill(1)])
    value.samples.dispose()
    await Promise.all([a.close?.(), b.close?.()])
  })

  test('are left as they are', async () => {
    expect(await readFile(zip)).toEqual(makeZip(files))
  })
})
