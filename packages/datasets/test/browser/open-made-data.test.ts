import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { type Dataset, disposeBatch } from '@gankit/core'
import { expect, test } from 'vitest'
import { openMadeData } from '../../src/browser/open-made-data.ts'
import { openDataset } from '../../src/node.ts'

const readFirst = async (dataset: Dataset) => {
  const batches = dataset.batches({ size: 6, seed: 3, augment: {} })
  const { value } = await batches.next()
  const numbers = await value!.samples.data()
  const tokens = (await value!.condition?.data()) ?? []
  disposeBatch(value!)
  await batches.return?.()
  return [dataset.size, dataset.condition, ...numbers, ...tokens]
}

test.each([
  ['embedded', {}],
  ['ring:500', { dataSeed: 4 }],
  ['moons', {}],
  ['cartoon:12', { size: 16, dataSeed: 2 }],
  ['cartoon:12', { size: 32, drawing: 'edges', reduce: 2 }],
  ['birds:12', { size: 32, dataSeed: 2, reduce: 2 }],
  ['birds:12', { size: 16, captions: 'both' }],
  ['cartoon:12', { size: 16, dataSeed: 2, captions: 'zh' }],
] as const)('%s with %o are the samples that Node has', async (spec, options) => {
  const wasm = await readFile(createRequire(import.meta.url).resolve('@resvg/resvg-wasm/index_bg.wasm'))
  const made = await readFirst(await openMadeData(spec, options, { wasm }))
  const there = await openDataset(spec, options)
  expect(made).toEqual(await readFirst(there))
  await there.close?.()
})

test.each(['folder:/a', 'mnist', 'embedded:5', 'cartoon:0', 'constructor', ''])(
  "'%s' is refused with what there is",
  async spec => {
    await expect(openMadeData(spec)).rejects.toThrow(
      /expected one of embedded, cartoon, birds, normal, uniform, ring, grid, spiral, moons/,
    )
  },
)
