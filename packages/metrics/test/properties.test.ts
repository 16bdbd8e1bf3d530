import { expectClose } from '@gankit/testkit'
import * as tf from '@tensorflow/tfjs'
import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { squaredMmd } from '../src/distances/kid.ts'
import { shareOfDifferentBins } from '../src/distances/ndb.ts'
import { lineDistance } from '../src/distances/wasserstein-1d.ts'
import { takeRows } from '../src/features/feature-rows.ts'
import {
  computeBins,
  computeMoments,
  type FeatureRows,
  frechetDistance,
  frechetInfinity,
  inceptionScore,
  kid,
  ndb,
  neighborMetrics,
  slicedWasserstein,
} from '../src/index.ts'
import { drawn } from './fixtures/drawn.ts'

// Sums in single precision differ between backends by more than what is compared here.
beforeAll(() => tf.setBackend('cpu'))

const real = drawn({ seed: 11, count: 300, size: 5 })
const fake = drawn({ seed: 12, count: 260, size: 5, shift: 0.25 })
const far = drawn({ seed: 12, count: 260, size: 5, shift: 50 })
const moved = (rows: FeatureRows, by: number): FeatureRows => ({
  ...rows,
  values: rows.values.map(value => value + by),
})

const distances: Record<string, (a: FeatureRows, b: FeatureRows) => number | Promise<number>> = {
  frechet: (a, b) => frechetDistance(computeMoments(a), computeMoments(b)),
  discrepancy: squaredMmd,
  'sliced Wasserstein 1': (a, b) => slicedWasserstein(a, b, { order: 1 }),
  'sliced Wasserstein 2': (a, b) => slicedWasserstein(a, b, { order: 2 }),
}

for (const [name, distance] of Object.entries(distances)) {
  test(`${name} is the same both ways round`, async () => {
    await expectClose([await distance(real, fake)], [await distance(fake, real)], 0, 1e-9)
  })

  test(`${name} takes samples in any order`, async () => {
    const known = await distance(real, fake)
    const orders = fc
      .constantFrom(1, 2, 3)
      .map(step => Uint32Array.from(real.values.subarray(0, 300), (_, i) => (i * 7 * step + step) % 300))
    await fc.assert(
      fc.asyncProperty(orders, async order => {
        if (new Set(order).size < 300) return
        await expectClose([await distance(takeRows(real, order), fake)], [known], 1e-9)
      }),
    )
  })

  test(`${name} grows with the distance`, async () => {
    expect(await distance(real, far)).toBeGreaterThan(await distance(real, fake))
    expect(await distance(real, fake)).toBeGreaterThan(0)
  })
}

test('equal sets are at distance 0', async () => {
  expect(frechetDistance(computeMoments(real), computeMoments(real))).toBeLessThan(1e-7)
  expect(slicedWasserstein(real, real)).toBe(0)
  expect(await squaredMmd(real, real)).toBeLessThan(0)
})

test('a shift alone: Fréchet is its square, sliced Wasserstein on a line its length', () => {
  expect(frechetDistance(computeMoments(real), computeMoments(moved(real, 2)))).toBeCloseTo(5 * 4, 4)
  const line = drawn({ seed: 3, count: 50, size: 1 })
  expect(slicedWasserstein(line, moved(line, 2), { order: 2 })).toBeCloseTo(2, 12)
  expect(slicedWasserstein(line, moved(line, 2), { order: 1 })).toBeCloseTo(2, 12)
})

test('directions are uniform: 2-Wasserstein of a shift s in d dimensions is |s|/√d', () => {
  const shifted = moved(real, 10)
  // Shares of the squared cosine with a fixed vector, of 20,000 directions: off by 0.3 % at one deviation.
  expect(slicedWasserstein(real, shifted, { projections: 20_000 })).toBeCloseTo(10, 0)
})

test('on a line each set may be written several times over', () => {
  const line = fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 1, maxLength: 6 })
  fc.assert(
    fc.property(line, line, fc.constantFrom(1 as const, 2 as const), (a, b, order) => {
      const times = (numbers: number[], n: number) => Float64Array.from(Array(n).fill(numbers).flat()).sort()
      const once = lineDistance(times(a, 1), times(b, 1), order)
      expect(lineDistance(times(a, 3), times(b, 2), order)).toBeCloseTo(once, 9)
      expect(lineDistance(times(b, 1), times(a, 1), order)).toBeCloseTo(once, 9)
    }),
  )
})

test('kernel distance: the mean of subsets is near that of all, and the seed decides it', async () => {
  const options = { subsets: 50, subsetSize: 100 }
  const got = await kid(real, fake, options)
  const all = await squaredMmd(real, fake)
  expect(Math.abs(got.mean - all)).toBeLessThan((4 * got.deviation) / Math.sqrt(50))
  expect(got.deviation).toBeGreaterThan(0)
  expect(await kid(real, fake, options)).toEqual(got)
  expect(await kid(real, fake, { ...options, seed: 1 })).not.toEqual(got)
  expect((await kid(real, fake)).subsetSize).toBe(130)
})

test('neighbours: equal sets have all, sets far apart nothing', async () => {
  const same = await neighborMetrics(real, real)
  expect(same).toMatchObject({ precision: 1, recall: 1, coverage: 1 })
  // Each ball holds its centre and k others.
  expect(same.density).toBeCloseTo(6 / 5, 12)
  expect(await neighborMetrics(real, far)).toEqual({ precision: 0, recall: 0, density: 0, coverage: 0 })
})

test('neighbours: a sample on the rim is in the ball', async () => {
  const line = (...values: number[]) => ({ values: Float32Array.from(values), count: values.length, size: 1 })
  const options = { precisionNeighbors: 1, coverageNeighbors: 1 }
  // Real balls: 0 ± 1, 1 ± 1, 3 ± 2. Fakes: 5 on a rim, 6 beyond it; their balls 5 ± 1, 6 ± 1.
  expect(await neighborMetrics(line(0, 1, 3), line(5, 6), options)).toEqual({
    precision: 1 / 2,
    recall: 0,
    density: 1 / 2,
    coverage: 1 / 3,
  })
  // And the other way round: 5 on the rim of a fake ball, 6 beyond it.
  const turned = { precision: 0, recall: 1 / 2, density: 0, coverage: 0 }
  expect(await neighborMetrics(line(5, 6), line(0, 1, 3), options)).toEqual(turned)
})

test('Fréchet at infinity is nearer to the true distance than at n', () => {
  const first = drawn({ seed: 21, count: 4000, size: 16 })
  const second = drawn({ seed: 22, count: 1000, size: 16 })
  const { value, slope, points } = frechetInfinity(computeMoments(first), second)
  expect(points).toHaveLength(15)
  expect(points[0]!.count).toBe(100)
  expect(points[14]!.count).toBe(1000)
  expect(slope).toBeGreaterThan(0)
  expect(Math.abs(value)).toBeLessThan(points[14]!.distance / 2)
  expect(points[14]!.distance).toBeCloseTo(frechetDistance(computeMoments(first), computeMoments(second)), 9)
  expect(frechetInfinity(computeMoments(first), second).value).toBe(value)
  expect(frechetInfinity(computeMoments(first), second, { seed: 1 }).value).not.toBe(value)
})

test('Inception score: 1 for equal verdicts, the number of classes for sure ones', () => {
  const logits = (of: (i: number, c: number) => number) => ({
    values: Float32Array.from({ length: 400 }, (_, at) => of(Math.floor(at / 4), at % 4)),
    count: 100,
    size: 4,
  })
  expect(inceptionScore(logits((_, c) => c)).mean).toBeCloseTo(1, 9)
  expect(
    inceptionScore(
      logits((i, c) => (i % 4 === c ? 2000 : 0)),
      { splits: 5 },
    ).mean,
  ).toBeCloseTo(4, 9)
})

test('bins: the real samples themselves differ in none, a lost mode in some, a far set in all that held any', () => {
  const many = drawn({ seed: 31, count: 2000, size: 2 })
  const bins = computeBins(many, { bins: 20 })
  expect(bins.counts.reduce((sum, count) => sum + count, 0)).toBe(2000)
  expect(Math.min(...bins.counts)).toBeGreaterThan(20)
  expect(ndb(bins, many)).toBe(0)
  expect(ndb(bins, drawn({ seed: 32, count: 2000, size: 2 }))).toBeLessThanOrEqual(0.2)
  const half = takeRows(
    many,
    Uint32Array.from({ length: 2000 }, (_, i) => i).filter(i => many.values[2 * i]! > 0),
  )
  expect(ndb(bins, half)).toBeGreaterThan(0.5)
  expect(ndb(bins, moved(many, 100))).toBeGreaterThan(0.9)
  expect(computeBins(many, { bins: 20 })).toEqual(bins)
  expect(computeBins(many, { bins: 20, seed: 1 })).not.toEqual(bins)
})

test('bins find clusters that lie apart', () => {
  const cluster = (x: number, seed: number) => drawn({ seed, count: 100, size: 2, scale: 0.125, shift: x })
  const values = Float32Array.from([0, 10, 20, 30].flatMap((x, i) => [...cluster(x, 40 + i).values]))
  for (let seed = 0; seed < 5; seed++)
    expect([...computeBins({ values, count: 400, size: 2 }, { bins: 4, seed }).counts]).toEqual([
      100, 100, 100, 100,
    ])
})

test('counts differ from 1.96 deviations on', () => {
  // 50 and 64 of 100: z = 1.9968; 50 and 63: z = 1.8524.
  expect(shareOfDifferentBins([50, 50], [64, 36])).toBe(1)
  expect(shareOfDifferentBins([50, 50], [63, 37])).toBe(0)
  expect(shareOfDifferentBins([100, 0], [100, 0])).toBe(0)
})
