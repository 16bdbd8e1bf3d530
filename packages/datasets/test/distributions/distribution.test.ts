import { randomStream } from '@gankit/core'
import { expect, test } from 'vitest'
import { type DistributionOptions, distribution } from '../../src/distributions/distribution.ts'
import { criticalKolmogorov, kolmogorovSmirnov } from './goodness-of-fit.ts'

/** Exponential, by inversion. */
const exponential: DistributionOptions = {
  name: 'exponential',
  dimensions: 1,
  sample: (random, count) => random.uniform(count).map(u => -Math.log(1 - u)),
  density: points => Float64Array.from(points, x => (x >= 0 ? Math.exp(-x) : 0)),
  extent: [[-1, 12]],
}
const random = () => randomStream(1, 'test')

test('your own sampler and density', () => {
  const own = distribution({ ...exponential, modes: { centers: [0], std: 1 } })
  expect([own.name, own.dimensions, own.extent, own.modes]).toEqual([
    'exponential',
    1,
    [[-1, 12]],
    { centers: [[0]], std: 1 },
  ])
  expect(own.density!([0, 1])).toEqual(Float64Array.of(1, Math.exp(-1)))
  const sample = own.sample(random(), 20_000)
  expect(sample).toEqual(
    random()
      .uniform(20_000)
      .map(u => -Math.log(1 - u)),
  )
  expect(kolmogorovSmirnov(sample, own)).toBeLessThan(criticalKolmogorov)
})

test('plain arrays will do, and no density at all', () => {
  const { density: _, ...without } = exponential
  const own = distribution({
    ...without,
    sample: (_, count) => Array.from({ length: count }, (_, i) => i / 2),
  })
  expect(own.sample(random(), 3)).toEqual(Float32Array.of(0, 0.5, 1))
  expect('density' in own).toBe(false)
})

test.each<[string, object, string]>([
  ['no name', { name: '' }, 'name is'],
  ['three dimensions', { dimensions: 3 }, 'dimensions is 3, expected (1 | 2)'],
  ['no sampler', { sample: undefined }, 'sample is undefined, expected Function'],
  ['a number for a density', { density: 1 }, 'density is 1, expected Function'],
  ['a wrong extent', { extent: [[1, 1]] }, 'extent.0 is [1, 1], expected the least number first'],
  [
    'an extent of two',
    {
      extent: [
        [0, 1],
        [0, 1],
      ],
    },
    'extent has 2 pairs, expected 1',
  ],
  [
    'modes elsewhere',
    { modes: { centers: [0, [1, 2]], std: 1 } },
    'modes.centers.1 has dimension 2, expected 1',
  ],
])('%s', (_, given, message) => {
  expect(() => distribution({ ...exponential, ...given })).toThrow(`[gankit/datasets] ${message}`)
})

test.each<[string, object, string]>([
  [
    'too few numbers',
    { sample: () => [1, 2] },
    'sample of exponential gave 2 numbers, expected 3 (3 points of 1)',
  ],
  ['no numbers', { sample: () => undefined }, 'sample of exponential gave no numbers, expected 3'],
  [
    'NaN',
    { sample: () => [1, Number.NaN, 2] },
    'sample of exponential gave NaN as number 1, expected a finite',
  ],
  ['too few densities', { density: () => [1] }, 'density of exponential gave 1 numbers, expected 3'],
  [
    'a density below 0',
    { density: () => [0, 0, -1] },
    'gave -1 as number 2, expected a finite number of at least 0',
  ],
  ['an endless density', { density: () => [0, Infinity, 1] }, 'gave Infinity as number 1'],
])('what the functions give is checked: %s', (_, given, message) => {
  const own = distribution({ ...exponential, ...given })
  expect(() => own.density!(own.sample(random(), 3))).toThrow(message)
})
