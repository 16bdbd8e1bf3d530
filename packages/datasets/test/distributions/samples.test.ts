import { type Distribution, randomStream } from '@gankit/core'
import { describe, expect, test } from 'vitest'
import { grid } from '../../src/distributions/grid.ts'
import { mixture } from '../../src/distributions/mixture.ts'
import { normal } from '../../src/distributions/normal.ts'
import { points } from '../../src/distributions/points.ts'
import { ring } from '../../src/distributions/ring.ts'
import { spiral } from '../../src/distributions/spiral.ts'
import { twoMoons } from '../../src/distributions/two-moons.ts'
import { uniform } from '../../src/distributions/uniform.ts'
import { chiSquare, criticalKolmogorov, kolmogorovSmirnov } from './goodness-of-fit.ts'

const draw = (from: Distribution, count = 40_000) => from.sample(randomStream(7, 'test'), count)
const uneven = mixture({
  components: [
    { weight: 3, mean: -1, std: 0.5 },
    { weight: 1, mean: 2, std: 0.25 },
  ],
})
const plane = mixture({
  components: [
    { weight: 1, mean: [-1, 0], std: 0.3 },
    { weight: 2, mean: [1, 0.5], std: 0.1 },
  ],
})

describe('samples follow the density on the line', () => {
  test.each<[string, Distribution]>([
    ['normal', normal({ mean: 3, std: 2 })],
    ['uniform', uniform({ min: 0.3, max: 0.7 })],
    ['a mixture', uneven],
    ['points', points([0, 1, 5], { bandwidth: 0.3 })],
  ])('%s', (_, from) => {
    expect(kolmogorovSmirnov(draw(from), from)).toBeLessThan(criticalKolmogorov)
  })

  test('and the statistic tells 5% more spread, or weights that are off', () => {
    expect(kolmogorovSmirnov(draw(normal({ std: 1.05 })), normal())).toBeGreaterThan(criticalKolmogorov)
    const even = mixture({
      components: [
        { mean: -1, std: 0.5 },
        { mean: 2, std: 0.25 },
      ],
    })
    expect(kolmogorovSmirnov(draw(even), uneven)).toBeGreaterThan(criticalKolmogorov)
  })
})

describe('samples follow the density in the plane', () => {
  test.each<[string, Distribution, number]>([
    ['a mixture', plane, 60],
    ['ring', ring(), 200],
    ['grid', grid(), 160],
    [
      'points',
      points(
        [
          [0, 0],
          [1, 0],
          [0.5, 2],
        ],
        { bandwidth: 0.2 },
      ),
      40,
    ],
    ['two moons', twoMoons({ noise: 0.1 }), 60],
    ['spiral', spiral({ turns: 1.5, noise: 0.1 }), 60],
  ])('%s', (_, from, bins) => {
    const { statistic, critical } = chiSquare(draw(from), from, bins)
    expect(statistic).toBeLessThan(critical)
  })

  test.each<[string, Distribution, Distribution, number]>([
    ['5% more spread', ring({ std: 0.021 }), ring(), 200],
    ['7 modes for 8', ring({ modes: 7 }), ring(), 200],
    ['6% more noise', twoMoons({ noise: 0.106 }), twoMoons({ noise: 0.1 }), 60],
    ['another pitch', spiral({ turns: 1.45, noise: 0.1 }), spiral({ turns: 1.5, noise: 0.1 }), 60],
  ])('and the statistic tells %s', (_, from, wrong, bins) => {
    const { statistic, critical } = chiSquare(draw(from), wrong, bins)
    expect(statistic).toBeGreaterThan(critical)
  })
})

const all = [normal(), uniform(), uneven, plane, ring(), grid(), points([[0, 0]]), twoMoons(), spiral()]

test.each(all.map(from => [from.name, from] as const))(
  'samples of %s are a function of the random numbers, inside the extent and where the density is',
  (_, from) => {
    const sample = draw(from, 2001)
    expect(sample).toBeInstanceOf(Float32Array)
    expect(sample).toHaveLength(2001 * from.dimensions)
    expect(draw(from, 2001)).toEqual(sample)
    expect(from.sample(randomStream(8, 'test'), 2001)).not.toEqual(sample)
    expect(from.sample(randomStream(8, 'test'), 0)).toHaveLength(0)
    expect(from.extent).toHaveLength(from.dimensions)
    const [least, greatest] = from.extent[0]!
    const outside = sample.filter((x, i) => i % from.dimensions === 0 && !(x >= least && x <= greatest))
    expect(outside.length).toBeLessThanOrEqual(2)
    expect(from.density!(sample).every(density => density > 0)).toBe(true)
  },
)

test('the ends of a uniform distribution are float32: no sample has density 0', () => {
  const from = uniform({ min: 0.7, max: 0.70001 })
  expect(from.density!(draw(from)).every(density => density > 0)).toBe(true)
})
