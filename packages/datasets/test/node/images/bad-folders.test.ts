import { spawnSync } from 'node:child_process'
import { chmod, mkdir, rm, symlink, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { parseImageOptions } from '../../../src/images/image-options.ts'
import { imageFolder } from '../../../src/node/image-folder.ts'
import { listFolder } from '../../../src/node/images/list-folder.ts'
import { packPictures } from '../../../src/node/images/pack-pictures.ts'
import { failureOf, scratch } from '../scratch.ts'
import { png } from './make-picture.ts'

const good = await png(10, 10)

/** A folder of pictures with these names. */
async function folderOf(...names: string[]): Promise<string> {
  const folder = join(scratch(), 'pictures')
  await mkdir(folder)
  for (const [i, name] of names.entries()) {
    await mkdir(join(folder, name, '..'), { recursive: true })
    await writeFile(join(folder, name), await png(10, 10, i))
  }
  return folder
}

const namesOf = async (folder: string) => (await listFolder(folder)).files.map(file => file.name)

describe('a path that is no folder of pictures says what is wrong', () => {
  const options = () => ({ size: 8, cacheDir: scratch() })

  test('nothing there', async () => {
    expect(await failureOf(imageFolder('/nowhere/to be found', options()))).toBe(
      '[gankit/datasets] folder /nowhere/to be found does not exist, expected a folder of pictures: is the path right?',
    )
  })

  test('empty, or of hidden files alone', async () => {
    const folder = await folderOf()
    expect(await failureOf(imageFolder(folder, options()))).toContain(`${folder} is empty, expected pictures`)
    await writeFile(join(folder, '.hidden.png'), good)
    expect(await failureOf(imageFolder(folder, options()))).toContain(`${folder} is empty`)
  })

  test('of nothing usable', async () => {
    const folder = await folderOf()
    await writeFile(join(folder, 'notes.txt'), 'notes')
    expect(await failureOf(imageFolder(folder, options()))).toBe(
      '[gankit/datasets] the one file is no picture that can be used: notes.txt is no JPEG, PNG, WebP, GIF, AVIF, TIFF, BMP or PPM',
    )
    await writeFile(join(folder, 'bad.png'), 'bad')
    for (const allowSkipped of [true, false])
      expect(await failureOf(imageFolder(folder, { ...options(), allowSkipped }))).toContain('bad.png is no')
  })

  test('a file that is no zip, an empty file, a pipe', async () => {
    const folder = await folderOf()
    const file = join(folder, 'a.tar')
    for (const content of [good, Buffer.alloc(0), Buffer.from('PK\x05\x06')]) {
      await writeFile(file, content)
      expect(await failureOf(imageFolder(file, options()))).toMatch(/a\.tar is damaged or no zip \(.+\): /)
    }
    const pipe = join(folder, 'pipe')
    if (spawnSync('mkfifo', [pipe]).status === 0)
      expect(await failureOf(imageFolder(pipe, options()))).toContain(
        'expected a folder or a zip of pictures',
      )
  })

  test('labels without folders', async () => {
    const folder = await folderOf('a.png', 'b.png')
    expect(await failureOf(imageFolder(folder, { ...options(), labels: 'folders' }))).toContain(
      `${folder} has no folders with files, expected one folder a class`,
    )
  })

  test('a picture in no folder has no class', async () => {
    const folder = await folderOf('top.png', 'one/a.png', 'two/a/b.png')
    const dataset = await imageFolder(folder, { ...options(), labels: 'folders', allowSkipped: true })
    expect(dataset.classes).toEqual(['one', 'two'])
    expect(dataset.skipped).toEqual([{ name: 'top.png', why: 'is in no folder of a class' }])
    await dataset.close?.()
  })
})

describe('labels by folders', () => {
  const labelsOf = async (...names: string[]) => {
    const notes: string[] = []
    const given = { size: 8, labels: 'folders', cacheDir: scratch(), allowSkipped: true } as const
    const dataset = await imageFolder(await folderOf(...names), {
      ...given,
      onNote: note => notes.push(note),
    })
    const labels: string[] = []
    for await (const batch of dataset.batches({ size: 1, shuffle: false, epochs: 1 })) {
      labels.push(dataset.classes![batch.labels![0]!]!)
      batch.samples.dispose()
    }
    await dataset.close?.()
    return { labels, notes }
  }

  test.each([
    [
      ['set/cats/a.png', 'set/dogs/b.png'],
      ['cats', 'dogs'],
    ],
    [
      ['a/b/c/cats/1.png', 'a/b/c/cats/deep/2.png', 'a/b/c/dogs/3.png'],
      ['cats', 'cats', 'dogs'],
    ],
    [
      ['cats/a.png', 'dogs/all/b.png'],
      ['cats', 'dogs'],
    ],
  ])('of %j leave out what all paths share', async (names, labels) => {
    expect(await labelsOf(...names)).toEqual({ labels, notes: [] })
  })

  test('take no notes for a class', async () => {
    const folder = await folderOf('set/cats/a.png', 'set/dogs/b.png')
    await mkdir(join(folder, 'about'))
    await writeFile(join(folder, 'about/notes.txt'), 'notes')
    await writeFile(join(folder, 'README.md'), 'notes')
    const dataset = await imageFolder(folder, { size: 8, labels: 'folders', cacheDir: scratch() })
    expect(dataset.classes).toEqual(['cats', 'dogs'])
    await dataset.close?.()
  })

  test('warn where there is one class, or parts of a data set', async () => {
    expect(await labelsOf('set/cats/a.png', 'set/cats/b.png')).toEqual({
      labels: ['cats', 'cats'],
      notes: [expect.stringContaining("one class, 'cats'")],
    })
    expect(await labelsOf('set/Test/cats/a.png', 'set/train/cats/b.png', 'set/train/dogs/c.png')).toEqual({
      labels: ['Test', 'train', 'train'],
      notes: [expect.stringContaining('the classes Test, train, which are parts of a data set')],
    })
  })
})

describe('links', () => {
  test('are followed, and loops end', async () => {
    const folder = await folderOf('a/one.png', 'b/two.png')
    await symlink(folder, join(folder, 'a/up'))
    await symlink('.', join(folder, 'b/here'))
    await symlink('itself', join(folder, 'itself'))
    await symlink('gone.png', join(folder, 'broken.png'))
    await symlink('a/one.png', join(folder, 'linked.png'))
    const { files, skipped } = await listFolder(folder)
    expect(files.map(file => file.name)).toEqual(['a/one.png', 'b/two.png', 'linked.png'])
    expect(skipped).toEqual([
      { name: 'broken.png', why: "can't be read (ENOENT)" },
      { name: 'itself', why: "can't be read (ELOOP)" },
    ])
  })

  test('a folder of several names has its own, each time', async () => {
    const folder = await folderOf('z/one.png', 'z/deep/two.png')
    await symlink('z', join(folder, 'a'))
    await symlink('../z/deep', join(folder, 'z/again'))
    for (let i = 0; i < 20; i++) expect(await namesOf(folder)).toEqual(['z/deep/two.png', 'z/one.png'])
  })

  test('lead out of the folder as well', async () => {
    const [folder, other] = [await folderOf('a.png'), await folderOf('b.png')]
    await symlink(other, join(folder, 'other'))
    expect(await namesOf(folder)).toEqual(['a.png', 'other/b.png'])
  })
})

describe('a folder that changes', () => {
  const settings = parseImageOptions({ size: 10 })
  const pack = async (folder: string, change: () => Promise<unknown>) => {
    const listing = await listFolder(folder)
    await change()
    const pictures = { name: 'changing', identity: { folder }, listing, settings }
    return await packPictures(pictures, { cacheDir: scratch(), allowSkipped: true })
  }

  test('between listing and reading costs the files that changed', async () => {
    const folder = await folderOf('a.png', 'b.png', 'c.png', 'd.png', 'e.png')
    const dataset = await pack(folder, async () => {
      await rm(join(folder, 'a.png'))
      await writeFile(join(folder, 'b.png'), await png(12, 12))
      await utimes(join(folder, 'c.png'), 1, 1)
      await rm(join(folder, 'd.png'))
      await mkdir(join(folder, 'd.png'))
    })
    expect(dataset.size).toBe(1)
    expect(dataset.skipped).toEqual([
      { name: 'a.png', why: 'is gone' },
      { name: 'b.png', why: 'has changed while it was read' },
      { name: 'c.png', why: 'has changed while it was read' },
      { name: 'd.png', why: "can't be read (EISDIR)" },
    ])
    await dataset.close?.()
  })

  test('altogether gone is an error', async () => {
    const folder = await folderOf('a.png', 'b.png')
    expect(await failureOf(pack(folder, () => rm(folder, { recursive: true })))).toBe(
      '[gankit/datasets] none of 2 files is a picture that can be used: a.png (and 1 other) is gone',
    )
  })
})

// Root reads everything, so it is nobody for a while. Windows has no such permissions.
describe.skipIf(process.platform === 'win32')('without permission', () => {
  const isRoot = process.getuid?.() === 0
  beforeEach(() => {
    if (isRoot) process.seteuid!('nobody')
  })
  afterEach(() => {
    if (isRoot) process.seteuid!(0)
  })

  test('files and folders are skipped, and taken once they may be read', async () => {
    const folder = await folderOf('a.png', 'closed.png', 'below/b.png')
    await chmod(join(folder, 'closed.png'), 0)
    await chmod(join(folder, 'below'), 0)
    const options = { size: 8, cacheDir: scratch(), allowSkipped: true }
    const dataset = await imageFolder(folder, options)
    expect(dataset.skipped).toEqual([
      { name: 'closed.png', why: "can't be read (EACCES)" },
      { name: 'below', why: "can't be read (EACCES)" },
    ])
    await dataset.close?.()
    await chmod(join(folder, 'closed.png'), 0o600)
    await chmod(join(folder, 'below'), 0o700)
    const whole = await imageFolder(folder, options)
    expect([whole.size, whole.skipped]).toEqual([3, []])
    await whole.close?.()
  })

  test('the folder itself is an error', async () => {
    const folder = await folderOf('a.png')
    await chmod(folder, 0)
    expect(await failureOf(imageFolder(folder, { cacheDir: scratch() }))).toContain(
      "can't be listed (EACCES)",
    )
    await chmod(folder, 0o700)
  })
})
