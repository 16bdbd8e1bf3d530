import { randomStream } from '@gankit/core'
import { expect, test } from 'vitest'
import { distributionDataset } from '../../src/distributions/distribution-dataset.ts'
import { normal } from '../../src/distributions/normal.ts'
import { ring } from '../../src/distributions/ring.ts'
import { conformsToDataset } from '../conformance.ts'

conformsToDataset('a ring', async () => distributionDataset(ring(), { size: 100 }), { range: 'any' })
conformsToDataset('a normal distribution', async () => distributionDataset(normal(), { size: 37 }), {
  range: 'any',
})

async function contents(dataset: ReturnType<typeof distributionDataset>): Promise<Float32Array> {
  const { value } = await dataset.batches({ size: dataset.size, shuffle: false }).next()
  const values = value.samples.dataSync() as Float32Array
  value.samples.dispose()
  return values
}

test('holds the points that the distribution gives for the seed, as they are', async () => {
  const dataset = distributionDataset(ring(), { size: 50, seed: 3 })
  expect([dataset.sampleShape, dataset.size, dataset.classes]).toEqual([[2], 50, undefined])
  const values = await contents(dataset)
  expect(values).toEqual(ring().sample(randomStream(3, 'datasets/ring'), 50))
  expect(Math.max(...values)).toBeGreaterThan(1.5)
  expect(await contents(distributionDataset(ring(), { size: 50, seed: 3 }))).toEqual(values)
  expect(await contents(distributionDataset(ring(), { size: 50, seed: 4 }))).not.toEqual(values)
})

test('has 100,000 points of seed 0 unless told otherwise', async () => {
  const dataset = distributionDataset(normal())
  expect([dataset.sampleShape, dataset.size]).toEqual([[1], 100_000])
  expect(await contents(dataset)).toEqual(normal().sample(randomStream(0, 'datasets/normal'), 100_000))
})

test('is not augmented', () => {
  const batches = () => distributionDataset(ring(), { size: 9 }).batches({ size: 3, augment: { flip: true } })
  expect(batches).toThrow('augment is for images')
})

test.each<[object, string]>([
  [{ size: 0 }, 'size is 0, expected at least 1'],
  [{ size: 1.5 }, 'size is 1.5, expected a whole number'],
  [{ size: 1e12 }, 'size is 1000000000000, expected at most 100000000'],
  [{ seed: -1 }, 'seed is -1, expected at least 0'],
  [{ count: 1 }, 'there is no option count'],
])('%j is refused', (options, message) => {
  expect(() => distributionDataset(ring(), options)).toThrow(`[gankit/datasets] ${message}`)
})
