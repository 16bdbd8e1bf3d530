import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Dataset } from '@gankit/core'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { cartoonFaces as facesInMemory } from '../../src/cartoon/cartoon-faces.ts'
import { compileRenderer } from '../../src/node/drawn/drawing-pool.ts'
import { cartoonFaces } from '../../src/node/drawn/drawn-pictures.ts'
import { openDataset } from '../../src/node/specs/open-dataset.ts'
import { conformsToDataset, seen } from '../conformance.ts'

let cacheDir: string
beforeAll(async () => {
  cacheDir = await mkdtemp(join(tmpdir(), 'gankit-faces-'))
})
afterAll(() => rm(cacheDir, { recursive: true, force: true }))

conformsToDataset('cartoonFaces, packed', () => cartoonFaces({ count: 25, size: 16, cacheDir }))

test('the packed faces are those that are drawn in memory, and the first of a larger set', async () => {
  const options = { size: 16, seed: 2, style: 'big-ears' } as const
  const packed = await firstSix(await cartoonFaces({ ...options, count: 6, cacheDir }))
  const wasm = await compileRenderer()
  expect(packed).toEqual(await firstSix(await facesInMemory({ ...options, count: 6, wasm })))
  expect(packed).toEqual(await firstSix(await cartoonFaces({ ...options, count: 40, cacheDir })))
})

test('where only a few are read, these alone are drawn, and nothing is kept', async () => {
  const onProgress = vi.fn()
  const folder = join(cacheDir, 'few')
  const few = await openDataset(
    'cartoon:1000',
    { size: 16 },
    { cacheDir: folder, readsFew: true, onProgress },
  )
  expect(few.size).toBe(1000)
  const whole = await firstSix(await openDataset('cartoon:6', { size: 16 }, { cacheDir }))
  expect(await firstSix(few)).toEqual(whole)
  expect(onProgress).not.toHaveBeenCalled()
  expect(existsSync(folder)).toBe(false)
})

test('drawings have caches of their own, and the same faces', async () => {
  const options = { count: 6, size: 16, style: 'toon-head' } as const
  const picture = await firstSix(await cartoonFaces({ ...options, cacheDir }))
  const labels = await firstSix(await cartoonFaces({ ...options, drawing: 'labels', cacheDir }))
  const reduced = await firstSix(await cartoonFaces({ ...options, reduce: 2, cacheDir }))
  const again = await firstSix(await cartoonFaces({ ...options, drawing: 'labels', cacheDir }))
  expect(labels).toEqual(again)
  expect([labels.attributes, reduced.attributes]).toEqual([picture.attributes, picture.attributes])
  expect(new Set([picture, labels, reduced].flatMap(({ pictures }) => pictures.samples)).size).toBe(18)
})

test('noisy faces have caches of their own, which no clean face comes from, and share those of clean label maps', async () => {
  const options = { count: 6, size: 16 } as const
  const open = async (changes: object) => firstSix(await cartoonFaces({ ...options, ...changes, cacheDir }))
  const changes = [{}, { noise: 0.2 }, { noise: 0.3 }, { noise: 0.2, colorCast: 0.2 }]
  const all = []
  for (const change of changes) all.push(await open(change))
  expect(new Set(all.flatMap(({ pictures }) => pictures.samples)).size).toBe(6 * changes.length)
  for (const { attributes } of all) expect(attributes).toEqual(all[0]!.attributes)
  for (const [i, change] of changes.entries()) expect(await open(change)).toEqual(all[i])
  const wasm = await compileRenderer()
  expect(await firstSix(await facesInMemory({ ...options, ...changes[3], wasm }))).toEqual(all[3])
  const labels = await open({ drawing: 'labels' })
  const onProgress = vi.fn()
  expect(await open({ drawing: 'labels', noise: 0.2, colorCast: 0.2, onProgress })).toEqual(labels)
  expect(onProgress).not.toHaveBeenCalled()
})

test('the second time they come from the cache', async () => {
  const onProgress = vi.fn()
  const options = { count: 7, size: 8, cacheDir, onProgress }
  await (await cartoonFaces(options)).close?.()
  expect(onProgress).toHaveBeenLastCalledWith({ done: 7, total: 7, skipped: 0 })
  onProgress.mockClear()
  await (await cartoonFaces(options)).close?.()
  expect(onProgress).not.toHaveBeenCalled()
})

test('options that make no sense say so', async () => {
  await expect(cartoonFaces({ count: -1, cacheDir })).rejects.toThrow('[gankit/datasets] count is -1')
})

async function firstSix(faces: Dataset) {
  const { value } = await faces.batches({ size: 6, shuffle: false }).next()
  const pictures = await seen(value)
  await faces.close?.()
  return { pictures, attributes: [...value.attributes], of: faces.attributes }
}
