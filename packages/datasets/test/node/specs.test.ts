import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { formatSpec, openDataset, parseSpec } from '../../src/node.ts'

const root = mkdtempSync(join(tmpdir(), 'gankit-specs-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))

test('a spec is a name, with a path or a count where it takes one', () => {
  expect(parseSpec('embedded')).toEqual({ kind: 'embedded' })
  expect(parseSpec('cartoon')).toEqual({ kind: 'cartoon' })
  expect(parseSpec('cartoon:20000')).toEqual({ kind: 'cartoon', argument: '20000' })
  expect(parseSpec('folder:a b:c')).toEqual({ kind: 'folder', argument: resolve('a b:c') })
  expect(formatSpec(parseSpec('celeba:faces'))).toBe(`celeba:${resolve('faces')}`)
})

test('a path alone is told by what it holds', () => {
  mkdirSync(join(root, 'digits'))
  writeFileSync(join(root, 'digits', 'train-images-idx3-ubyte.gz'), '')
  mkdirSync(join(root, '照片'))
  expect(parseSpec(join(root, 'digits')).kind).toBe('idx')
  expect(parseSpec(join(root, '照片')).kind).toBe('folder')
})

test.each([
  ['elsewhere', 'expected one of embedded, '],
  ['Cartoon', 'expected one of'],
  ['cartoon:-3', 'expected cartoon:COUNT'],
  ['cartoon:1e3', 'expected cartoon:COUNT'],
  ['mnist:3', 'takes nothing behind a colon'],
  ['folder', 'expected folder:PATH'],
  ['folder:', 'expected a path behind the colon'],
])('%s is refused', (spec, what) => {
  expect(() => parseSpec(spec)).toThrow(`[gankit/datasets] data is '${spec}', `)
  expect(() => parseSpec(spec)).toThrow(what)
})

test('kinds that will not do are refused', () => {
  expect(() => parseSpec('ring', ['embedded', 'idx'])).toThrow(
    "data is 'ring', expected one of embedded, idx:PATH",
  )
})

test('points that were drawn by hand come from a file', async () => {
  const file = join(root, 'points.json')
  writeFileSync(file, '[[0, 1], [4, 1]]')
  const { value } = await (await openDataset(`points:${file}`)).batches({ size: 100 }).next()
  const values = await value.samples.data()
  value.samples.dispose()
  for (let i = 0; i < values.length; i += 2) {
    expect(Math.min(Math.abs(values[i]!), Math.abs(values[i]! - 4))).toBeLessThan(1)
    expect(Math.abs(values[i + 1]! - 1)).toBeLessThan(1)
  }
  for (const text of ['', '{}', '[]', '[[1]]', '[[1, null]]']) {
    writeFileSync(file, text)
    await expect(openDataset(`points:${file}`)).rejects.toThrow('expected JSON such as [[0, 1], [2, 3.5]]')
  }
})

test('options that a kind does not have are refused', async () => {
  await expect(openDataset('embedded', { size: 3 })).rejects.toThrow('which takes no options: leave it out')
  await expect(openDataset('ring', { size: 3 })).rejects.toThrow('which takes only dataSeed: leave it out')
  expect((await openDataset('ring:70', { dataSeed: 3 })).size).toBe(70)
})
