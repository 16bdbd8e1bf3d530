import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { scratch, tree } from '@gankit/testkit/scratch'
import { expect, test } from 'vitest'
import { replaceFile } from '../../src/node.ts'

test('a file is written and replaced, and nothing else is left', async () => {
  const path = join(scratch(), 'größe.json')
  await replaceFile(path, 'earlier')
  await replaceFile(path, Uint8Array.of(0, 255, 7).subarray(1))
  expect([...readFileSync(path)]).toEqual([255, 7])
  expect(tree(join(path, '..'))).toEqual(['größe.json'])
})

test('many at once under names of their own leave one of their texts, whole', async () => {
  const path = join(scratch(), 'one')
  const texts = Array.from({ length: 20 }, (_, i) => String(i).repeat(50_000))
  await Promise.all(texts.map((text, i) => replaceFile(path, text, `${path}.${i}`)))
  expect(texts).toContain(readFileSync(path, 'utf8'))
  expect(tree(join(path, '..'))).toEqual(['one'])
})

test('what cannot take its place is gone again, and what was there stays', async () => {
  const folder = scratch()
  mkdirSync(join(folder, 'a', 'b'), { recursive: true })
  await expect(replaceFile(join(folder, 'a'), 'x')).rejects.toMatchObject({
    code: expect.stringMatching(/^E/),
  })
  writeFileSync(join(folder, 'file'), 'mine')
  await expect(replaceFile(join(folder, 'file', 'x'), 'x')).rejects.toMatchObject({ code: 'ENOTDIR' })
  expect(tree(folder)).toEqual(['a', 'a/b', 'file'])
  expect(readFileSync(join(folder, 'file'), 'utf8')).toBe('mine')
})
