import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { scratch, tree } from '@gankit/testkit/scratch'
import { expect, test } from 'vitest'
import { GankitError } from '../../src/index.ts'
import { findWholeFolder, writeFileAtomic, writeFolderAtomic } from '../../src/node.ts'

const isRoot = process.getuid?.() === 0

test('writes text and bytes, makes folders, and leaves nothing else', async () => {
  const folder = scratch()
  await writeFileAtomic(join(folder, 'a', 'b', 'text'), 'größe')
  await writeFileAtomic(join(folder, 'bytes'), Uint8Array.of(0, 255, 7).subarray(1))
  await writeFileAtomic(join(folder, 'bytes'), Uint8Array.of(9, 255, 7).subarray(1))
  expect(readFileSync(join(folder, 'a', 'b', 'text'), 'utf8')).toBe('größe')
  expect([...readFileSync(join(folder, 'bytes'))]).toEqual([255, 7])
  expect(tree(folder)).toEqual(['a', 'a/b', 'a/b/text', 'bytes'])
})

test('writings at once, of many files or of one, do not touch each other', async () => {
  const folder = scratch()
  const texts = Array.from({ length: 20 }, (_, i) => String(i).repeat(50_000))
  await Promise.all(texts.map((text, i) => writeFileAtomic(join(folder, `${i}.txt`), text)))
  for (const [i, text] of texts.entries()) expect(readFileSync(join(folder, `${i}.txt`), 'utf8')).toBe(text)
  await Promise.all(texts.map(text => writeFileAtomic(join(folder, 'one.txt'), text)))
  expect(texts).toContain(readFileSync(join(folder, 'one.txt'), 'utf8'))
  expect(tree(folder)).toHaveLength(21)
})

test('a folder in place of the file is named and left alone', async () => {
  const folder = scratch()
  mkdirSync(join(folder, 'grid.png', 'inside'), { recursive: true })
  expect(await failureOf(writeFileAtomic(join(folder, 'grid.png'), 'x'))).toBe(
    `[gankit/core] could not write ${folder}/grid.png: it is a folder, expected a file`,
  )
  expect(tree(folder)).toEqual(['grid.png', 'grid.png/inside'])
})

test.each(['file/grid.png', 'file/a/b/grid.png'])('the path %s through a file is refused', async path => {
  const folder = scratch()
  writeFileSync(join(folder, 'file'), 'mine')
  const message = `could not write ${folder}/${path}: a part of the path is a file, expected folders`
  expect(await failureOf(writeFileAtomic(join(folder, path), 'x'))).toContain(message)
  expect(await failureOf(writeFolderAtomic(join(folder, path), { a: 'x' }))).toContain(message)
  expect(readFileSync(join(folder, 'file'), 'utf8')).toBe('mine')
})

test('a name that is too long is said to be so, and folders made for it go again', async () => {
  const folder = scratch()
  const path = join(folder, 'a', 'b', 'n'.repeat(300))
  expect(await failureOf(writeFileAtomic(path, 'x'))).toContain('the name is too long')
  expect(tree(folder)).toEqual([])
})

// Root may write everywhere.
test.skipIf(isRoot)('a folder that may not be written to', async () => {
  const folder = scratch()
  chmodSync(folder, 0o555)
  expect(await failureOf(writeFileAtomic(join(folder, 'x'), 'x'))).toContain(
    'permission denied: choose a folder that you may write to',
  )
  chmodSync(folder, 0o755)
})

test('a folder is replaced whole', async () => {
  const folder = join(scratch(), 'runs', 'model')
  await writeFolderAtomic(folder, { a: '1', b: '2' })
  await writeFolderAtomic(`${folder}/`, { a: '3', b: Uint8Array.of(52) })
  expect(tree(join(folder, '..'))).toEqual(['model', 'model/a', 'model/b'])
  expect(readFileSync(join(folder, 'a'), 'utf8') + readFileSync(join(folder, 'b'), 'utf8')).toBe('34')
})

test("somebody's files are never replaced or removed", async () => {
  const root = scratch()
  const folder = join(root, 'model')
  for (const name of ['model', 'model.old', 'model.part']) {
    mkdirSync(join(root, name))
    writeFileSync(join(root, name, 'notes.txt'), 'mine')
  }
  expect(await failureOf(writeFolderAtomic(folder, { a: '1' }))).toBe(
    `[gankit/core] ${folder} holds 'notes.txt', expected a new folder or one with a alone: choose another one`,
  )
  await writeFolderAtomic(join(root, 'model', 'sub'), { a: '1' })
  expect(tree(root)).toEqual([
    'model',
    'model.old',
    'model.old/notes.txt',
    'model.part',
    'model.part/notes.txt',
    'model/notes.txt',
    'model/sub',
    'model/sub/a',
  ])
})

test('a file in place of the folder is left alone', async () => {
  const root = scratch()
  writeFileSync(join(root, 'model'), 'mine')
  expect(await failureOf(writeFolderAtomic(join(root, 'model'), { a: '1' }))).toContain('is a file')
  expect(readFileSync(join(root, 'model'), 'utf8')).toBe('mine')
  expect(tree(root)).toEqual(['model'])
})

test('after a kill between the two renames the earlier folder is found, and comes back', async () => {
  const root = scratch()
  const folder = join(root, 'model')
  mkdirSync(join(root, '.model.old'))
  writeFileSync(join(root, '.model.old', 'a'), 'earlier')
  mkdirSync(join(root, '.model.part'))
  expect(await findWholeFolder(folder)).toBe(join(root, '.model.old'))
  // A writing that fails brings it back.
  expect(await failureOf(writeFolderAtomic(folder, { 'no/such/folder': 'x' }))).toContain("holds 'a'")
  expect(await findWholeFolder(folder)).toBe(folder)
  expect(readFileSync(join(folder, 'a'), 'utf8')).toBe('earlier')
  await writeFolderAtomic(folder, { a: 'now' })
  expect(readFileSync(join(folder, 'a'), 'utf8')).toBe('now')
  expect(tree(root)).toEqual(['model', 'model/a'])
})

/** Expects a GankitError of one line, and gives its message. */
async function failureOf(promise: Promise<unknown>): Promise<string> {
  const error = await promise.then(
    () => expect.fail('expected a failure'),
    error => error,
  )
  expect(error).toBeInstanceOf(GankitError)
  expect(error.message).not.toContain('\n')
  return error.message
}
