import { isGankitError, normalPrior } from '@gankit/core'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { squaredMmd } from '../src/distances/kid.ts'
import { mergeMoments } from '../src/distances/moments.ts'
import { shareOfDifferentBins } from '../src/distances/ndb.ts'
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
  perceptualPathLength,
  slicedWasserstein,
} from '../src/index.ts'
import { drawn } from './fixtures/drawn.ts'

const figures: Record<string, (real: FeatureRows, fake: FeatureRows) => unknown> = {
  frechet: (real, fake) => frechetDistance(computeMoments(real), computeMoments(fake)),
  'frechet at infinity': (real, fake) => frechetInfinity(computeMoments(real), fake),
  kernel: (real, fake) => kid(real, fake, { subsets: 2 }),
  discrepancy: squaredMmd,
  neighbours: neighborMetrics,
  'sliced Wasserstein': slicedWasserstein,
  bins: (real, fake) => ndb(computeBins(real, { bins: 5 }), fake),
}

const good = drawn({ seed: 1, count: 50, size: 3 })
const refusal = async (of: () => unknown) =>
  Promise.resolve()
    .then(of)
    .then(
      value => expect.fail(`gave ${JSON.stringify(value)}`),
      error => {
        if (!isGankitError(error)) throw error
        expect(error.package).toBe('metrics')
        return error
      },
    )

describe.each(Object.entries(figures))('%s', (_, figure) => {
  test('numbers that are not finite are named with their place', async () => {
    for (const wrong of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]) {
      const values = good.values.slice()
      values[7] = wrong
      for (const [real, fake] of [
        [{ ...good, values }, good],
        [good, { ...good, values }],
      ] as const) {
        const { kind, message } = await refusal(() => figure(real, fake))
        expect(kind).toBe('data')
        expect(message).toMatch(
          /sample 2, number 1, expected finite numbers up to 1000000000000000000: look for/,
        )
      }
    }
  })

  test('sizes that differ', async () => {
    const { message } = await refusal(() => figure(good, drawn({ seed: 1, count: 50, size: 4 })))
    expect(message).toMatch(/3 and 4 features.*take both from one extractor|4 and 3/)
  })

  test('too few samples', async () => {
    const few = drawn({ seed: 1, count: 1, size: 3 })
    for (const pair of [
      [few, good],
      [good, few],
    ] as const)
      expect((await refusal(() => figure(...pair))).message).toMatch(/take more samples/)
  })

  test('values of another length', async () => {
    const { message } = await refusal(() => figure({ ...good, count: 49 }, good))
    expect(message).toMatch(/150 numbers, expected 49 × 3/)
  })

  test('whatever is thrown at it, it gives a figure or a GankitError', async () => {
    const rows = fc
      .tuple(fc.integer({ min: -1, max: 30 }), fc.integer({ min: 0, max: 4 }), fc.boolean())
      .chain(([count, size, constant]) =>
        fc.record({
          count: fc.constant(count),
          size: fc.constant(size),
          values: fc
            .array(constant ? fc.constant(1) : fc.float(), {
              minLength: Math.abs(count * size),
              maxLength: Math.abs(count * size),
            })
            .map(values => Float32Array.from(values)),
        }),
      )
    await fc.assert(
      fc.asyncProperty(rows, fc.oneof(rows, fc.constant(good)), async (real, fake) => {
        try {
          for (const value of Object.values([await figure(real, fake)].flat()))
            expect(JSON.stringify(value)).not.toMatch(/null|NaN/)
        } catch (error) {
          if (!isGankitError(error)) throw error
        }
      }),
    )
  })
})

test('Fréchet names n and d, and the way out', async () => {
  const { message } = await refusal(() =>
    frechetDistance(computeMoments(good), computeMoments(drawn({ seed: 2, count: 3, size: 3 }))),
  )
  expect(message).toMatch(
    /n = 3 samples of d = 3 features.*take more samples or an extractor of fewer features/,
  )
})

test('real features that are all the same', async () => {
  const same = { ...good, values: good.values.map(() => 2) }
  for (const of of [() => neighborMetrics(same, good), () => computeBins(same, { bins: 5 })])
    expect((await refusal(of)).message).toMatch(/same for every sample.*another extractor|ask for fewer bins/)
})

test('moments that were spoilt on their way', async () => {
  const moments = computeMoments(good)
  const spoilt = [
    { ...moments, mean: moments.mean.slice(1) },
    { ...moments, covariance: moments.covariance.slice(1) },
    { ...moments, covariance: moments.covariance.map(() => Number.NaN) },
  ]
  for (const other of spoilt)
    expect((await refusal(() => frechetDistance(moments, other))).message).toMatch(/measure them anew/)
  await refusal(() => mergeMoments(moments, computeMoments(drawn({ seed: 1, count: 50, size: 4 }))))
})

test('options out of range are named', async () => {
  const cases: [RegExp, () => unknown][] = [
    [/subsets is 0/, () => kid(good, good, { subsets: 0 })],
    [/subsetSize is 1/, () => kid(good, good, { subsetSize: 1 })],
    [/precisionNeighbors is 0/, () => neighborMetrics(good, good, { precisionNeighbors: 0 })],
    [/coverageNeighbors is 1.5/, () => neighborMetrics(good, good, { coverageNeighbors: 1.5 })],
    [/at least 51/, () => neighborMetrics(good, good, { coverageNeighbors: 50 })],
    [/projections is 0/, () => slicedWasserstein(good, good, { projections: 0 })],
    [/order is 3/, () => slicedWasserstein(good, good, { order: 3 as 1 })],
    [/bins is 1/, () => computeBins(good, { bins: 1 })],
    [/sizes is 1/, () => frechetInfinity(computeMoments(good), good, { sizes: 1 })],
    [/expected at least 59/, () => frechetInfinity(computeMoments(good), good, { smallest: 45 })],
    [/splits is 0/, () => inceptionScore(good, { splits: 0 })],
    [/expected at least 60/, () => inceptionScore(good, { splits: 30 })],
    [/1 class/, () => inceptionScore(drawn({ seed: 1, count: 50, size: 1 }))],
    [/bins/, () => shareOfDifferentBins([1], [1, 2])],
    [/some of both/, () => shareOfDifferentBins([0, 0], [1, 2])],
    [/seed is -1/, () => kid(good, good, { seed: -1 })],
  ]
  for (const [message, of] of cases) await expect(Promise.resolve().then(of)).rejects.toThrow(message)
})

test('path length: a function that gives other rows than it was asked for, or none that are finite', async () => {
  const latent = { size: 2, prior: normalPrior() }
  const asked = (features: FeatureRows) =>
    refusal(() => perceptualPathLength(() => features, latent, { samples: 10, batch: 10 }))
  expect((await asked(drawn({ seed: 1, count: 21, size: 3 }))).message).toMatch(
    /20 latents gave features of 21 samples/,
  )
  expect((await asked(drawn({ seed: 1, count: 19, size: 3 }))).message).toMatch(/at least 20/)
  expect(
    (await asked({ values: new Float32Array(20).fill(Number.NaN), count: 20, size: 1 })).message,
  ).toMatch(/finite/)
  for (const epsilon of [0, 1, Number.NaN])
    await expect(perceptualPathLength(() => good, latent, { epsilon })).rejects.toThrow(/epsilon is/)
})
