import { randomStream } from '@gankit/core'
import { expect, test } from 'vitest'
import { dataCopying, type FeatureRows } from '../../src/index.ts'

const rows = (seed: number, count: number, size = 8): FeatureRows => ({
  values: randomStream(seed, 'test').normal(count * size),
  count,
  size,
})

/** Training samples, moved by so much. */
function copies({ values, size }: FeatureRows, count: number, apart: number): FeatureRows {
  const noise = randomStream(9, 'test').normal(count * size, 0, apart)
  return { values: values.slice(0, count * size).map((value, i) => value + noise[i]!), count, size }
}

test('without held-out samples the test says nearly what it says with them', async () => {
  const [training, heldOut] = [rows(1, 800), rows(2, 800)]
  for (const fakes of [
    rows(3, 300),
    copies(training, 300, 0.5),
    { ...rows(4, 300), values: rows(4, 300).values.map(x => 1.3 * x) },
  ]) {
    const without = await dataCopying({ training, fakes })
    const beside = await dataCopying({ training, heldOut, fakes })
    // Both are z-scores: of the same fakes, from other real samples.
    expect(Math.abs(without.statistic - beside.statistic)).toBeLessThan(3)
    expect(without.cells).toMatchObject([{ training: 800, heldOut: 800, fakes: 300 }])
  }
})

test('copies are found, and fresh samples are none', async () => {
  const training = rows(1, 800)
  expect((await dataCopying({ training, fakes: copies(training, 200, 0.3) })).pCopying).toBeLessThan(1e-6)
  for (const seed of [3, 4, 5, 6])
    expect((await dataCopying({ training, fakes: rows(seed, 200) })).pCopying).toBeGreaterThan(0.001)
})

test('at most 5,000 training samples stand in, and cells need samples that were held out', async () => {
  const training = rows(1, 5200, 2)
  const { cells } = await dataCopying({ training, fakes: rows(2, 40, 2) })
  expect(cells).toMatchObject([{ training: 5200, heldOut: 5000 }])
  await expect(dataCopying({ training, fakes: rows(2, 40, 2) }, { cells: 3 })).rejects.toThrow(
    '3 cells are asked for without held-out samples',
  )
})
