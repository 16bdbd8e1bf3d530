import type { Distribution } from '@gankit/core'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { distribution } from '../../src/distributions/distribution.ts'
import { grid } from '../../src/distributions/grid.ts'
import { mixture } from '../../src/distributions/mixture.ts'
import { normal } from '../../src/distributions/normal.ts'
import { points } from '../../src/distributions/points.ts'
import { ring } from '../../src/distributions/ring.ts'
import { spiral } from '../../src/distributions/spiral.ts'
import { twoMoons } from '../../src/distributions/two-moons.ts'
import { uniform } from '../../src/distributions/uniform.ts'
import expected from '../fixtures/distributions.json' with { type: 'json' }
import { binMasses } from './goodness-of-fit.ts'

const drawn = [
  [0, 0],
  [0.5, 0.1],
  [0.7, -0.4],
  [-0.9, 0.3],
]
const onLine = mixture({
  components: [
    { weight: 3, mean: -1, std: 0.5 },
    { mean: [2], std: 0.25 },
  ],
})
const inPlane = mixture({
  components: [
    { mean: [-0.5, 0.2], std: 0.3 },
    { weight: 2, mean: [0.4, 0.4], std: 0.1 },
    { weight: 0.5, mean: [0, -0.6], std: 0.5 },
  ],
})

// The ends of `uniform` are float32, hence its tolerance.
test.each<[string, Distribution, { points: number[]; densities: number[] }, number]>([
  ['normal', normal({ mean: 0.5, std: 1.5 }), expected.normal, 1e-13],
  ['uniform', uniform({ min: -1.1, max: 2.2 }), expected.uniform, 1e-7],
  ['a mixture on the line', onLine, expected.mixtureOnLine, 1e-13],
  ['a mixture in the plane', inPlane, expected.mixture, 1e-13],
  ['ring', ring(), expected.ring, 1e-10],
  ['grid', grid(), expected.grid, 1e-10],
  ['points', points(drawn, { bandwidth: 0.15 }), expected.points, 1e-11],
  ['two moons', twoMoons({ noise: 0.1 }), expected.twoMoons, 1e-11],
  ['two moons, little noise', twoMoons({ noise: 0.02 }), expected.twoMoonsThin, 1e-11],
  ['two moons, much noise', twoMoons({ noise: 1.5 }), expected.twoMoonsWide, 1e-11],
  ['spiral', spiral({ noise: 0.1 }), expected.spiral, 1e-11],
  ['spiral, less noise', spiral(), expected.spiralThin, 1e-11],
])('the density of %s is that of SciPy or scikit-learn', (_, { density }, reference, tolerance) => {
  const densities = density!(reference.points)
  const greatest = Math.max(...reference.densities)
  expect(densities).toHaveLength(reference.densities.length)
  for (const [i, value] of reference.densities.entries())
    expect(Math.abs(densities[i]! - value)).toBeLessThanOrEqual(tolerance * greatest)
})

describe('densities integrate to 1', () => {
  test.each<[string, Distribution]>([
    ['normal', normal({ mean: -3, std: 0.2 })],
    ['uniform', uniform({ min: 2, max: 5 })],
    ['a mixture', onLine],
    ['points', points([1, 1.5, 4])],
  ])('%s, on the line', (_, { density, extent }) => {
    const [[least, greatest]] = extent as [[number, number]]
    const [cells, width] = [10_000, (greatest - least) / 10_000]
    const values = density!(Float64Array.from({ length: cells }, (_, i) => least + (i + 0.5) * width))
    // The extent leaves out what lies more than four standard deviations away, 6e-5 of a Gaussian.
    expect(Math.abs(values.reduce((sum, value) => sum + value * width, 0) - 1)).toBeLessThan(1e-4)
  })

  test.each<[string, Distribution]>([
    ['a mixture', inPlane],
    ['ring', ring()],
    ['ring of other figures', ring({ modes: 3, radius: 0.7, std: 0.1 })],
    ['grid', grid()],
    ['points', points(drawn)],
    ['two moons', twoMoons({ noise: 0.1 })],
    ['spiral', spiral({ turns: 1.5, noise: 0.1 })],
  ])('%s, in the plane', (_, of) => {
    const integral = binMasses(of, 80).reduce((sum, mass) => sum + mass, 0)
    expect(Math.abs(integral - 1)).toBeLessThan(2e-4)
  })

  test('any mixture', () => {
    const component = fc.record({
      weight: fc.double({ min: 0.01, max: 100, noNaN: true }),
      mean: fc.double({ min: -5, max: 5, noNaN: true }),
      std: fc.double({ min: 0.05, max: 5, noNaN: true }),
    })
    fc.assert(
      fc.property(fc.array(component, { minLength: 1, maxLength: 5 }), components => {
        const { density, extent } = mixture({ components })
        const [[least, greatest]] = extent as [[number, number]]
        const [cells, width] = [4000, (greatest - least) / 4000]
        const values = density!(Float64Array.from({ length: cells }, (_, i) => least + (i + 0.5) * width))
        expect(Math.abs(values.reduce((sum, value) => sum + value * width, 0) - 1)).toBeLessThan(1e-4)
      }),
      { seed: 1, numRuns: 100 },
    )
  })
})

test('a density takes whole points only', () => {
  const own = distribution({
    name: 'own',
    dimensions: 2,
    sample: (_, count) => new Float32Array(2 * count),
    density: at => new Float64Array(at.length / 2),
    extent: [
      [0, 1],
      [0, 1],
    ],
  })
  for (const { density } of [ring(), twoMoons(), own])
    expect(() => density!([1, 2, 3])).toThrow(
      '[gankit/datasets] points has 3 numbers, expected a multiple of 2',
    )
  expect(normal().density!([])).toHaveLength(0)
})

test('points on a curve without noise have no density', () => {
  expect(spiral({ noise: 0 }).density).toBeUndefined()
  expect(twoMoons({ noise: 0.0009 }).density).toBeUndefined()
  expect(twoMoons({ noise: 0.001 }).density!([0, 1])[0]).toBeCloseTo(
    // So near the curve is a straight line: a Gaussian across it, half the length of both half circles along it.
    1 / (0.001 * Math.sqrt(2 * Math.PI)) / (2 * Math.PI),
    3,
  )
})
