import { randomStream } from '@gankit/core'
import { describe, expect, test } from 'vitest'
import { grid } from '../../src/distributions/grid.ts'
import { mixture } from '../../src/distributions/mixture.ts'
import { normal } from '../../src/distributions/normal.ts'
import { points } from '../../src/distributions/points.ts'
import { ring } from '../../src/distributions/ring.ts'
import { spiral } from '../../src/distributions/spiral.ts'
import { twoMoons } from '../../src/distributions/two-moons.ts'
import { uniform } from '../../src/distributions/uniform.ts'
import expected from '../fixtures/distributions.json' with { type: 'json' }

const draw = (from: ReturnType<typeof ring>, count = 1000) => {
  const sample = from.sample(randomStream(1, 'test'), count)
  return Array.from({ length: count }, (_, i) => [sample[2 * i]!, sample[2 * i + 1]!] as [number, number])
}

describe('modes', () => {
  test('the ring has 8 at radius 2, an eighth of a turn apart', () => {
    const { modes, name, dimensions } = ring()
    expect([name, dimensions, modes!.std, modes!.centers.length]).toEqual(['ring', 2, 0.02, 8])
    for (const [k, [x, y]] of modes!.centers.entries()) {
      expect(Math.hypot(x!, y!)).toBeCloseTo(2, 12)
      expect(Math.cos(Math.atan2(y!, x!) - (k * Math.PI) / 4)).toBeCloseTo(1, 12)
    }
    expect(ring({ modes: 1, radius: 3, std: 1 }).modes).toEqual({ centers: [[3, 0]], std: 1 })
  })

  test('the grid has 25 at −4, −2, 0, 2, 4', () => {
    const { modes, name } = grid()
    const places = [-4, -2, 0, 2, 4]
    expect([name, modes!.std]).toEqual(['grid', 0.05])
    expect(modes!.centers).toEqual(places.flatMap(y => places.map(x => [x, y])))
    expect(grid({ side: 2, spacing: 1, std: 1 }).modes!.centers).toEqual([
      [-0.5, -0.5],
      [0.5, -0.5],
      [-0.5, 0.5],
      [0.5, 0.5],
    ])
  })

  test('a mixture says its modes where one standard deviation goes for all', () => {
    const [a, b] = [
      { mean: [0, 1], std: 0.5 },
      { mean: [2, 3], std: 0.5 },
    ]
    expect(mixture({ components: [a, b] }).modes).toEqual({ centers: [a.mean, b.mean], std: 0.5 })
    expect(mixture({ components: [a, { ...b, std: 1 }] }).modes).toBeUndefined()
    expect(normal({ mean: 2, std: 3 }).modes).toEqual({ centers: [[2]], std: 3 })
  })

  test('hand-drawn points, curves and an interval have none', () => {
    for (const from of [points([[1, 2]]), spiral(), twoMoons(), uniform()]) expect(from.modes).toBeUndefined()
  })
})

describe('two moons', () => {
  const onMoons = ([x, y]: readonly number[]) =>
    Math.min(
      y! > -1e-6 ? Math.abs(Math.hypot(x!, y!) - 1) : 9,
      y! < 0.5 + 1e-6 ? Math.abs(Math.hypot(x! - 1, y! - 0.5) - 1) : 9,
    )

  test('have the geometry of scikit-learn, where the density is greatest', () => {
    const { density } = twoMoons({ noise: 0.01 })
    const away = expected.moonPoints.map(([x, y]) => [x! + 0.05, y! - 0.05])
    const on = density!(expected.moonPoints.flat())
    // Half of a Gaussian's height across the curve, over the length of both half circles; at the ends half of that.
    const height = 1 / (0.01 * Math.sqrt(2 * Math.PI)) / (2 * Math.PI)
    for (const [i, value] of on.entries()) {
      const end = [0, 14, 15, 29].includes(i)
      expect(value / height).toBeCloseTo(end ? 0.5 : 1, 3)
    }
    expect(Math.max(...density!(away.flat()).filter((_, i) => onMoons(away[i]!) > 0.04))).toBeLessThan(0.01)
  })

  test('without noise lie on both half circles, evenly', () => {
    const sample = draw(twoMoons({ noise: 0 }), 4000)
    expect(Math.max(...sample.map(onMoons))).toBeLessThan(1e-6)
    expect(Math.max(...expected.moonPoints.map(onMoons))).toBeLessThan(1e-12)
    const upper = sample.filter(([x, y]) => Math.abs(Math.hypot(x, y) - 1) < 1e-6 && y > -1e-6)
    // Within 3.3 standard deviations of a fair share, 0.5·√4000 and 0.5·√2000.
    expect(Math.abs(upper.length - 2000)).toBeLessThan(105)
    expect(Math.abs(upper.filter(([x]) => x > 0).length - upper.length / 2)).toBeLessThan(75)
  })
})

test('a spiral without noise has the radius that goes with its angle, evenly along its length', () => {
  const turns = 3
  const radii = draw(spiral({ turns, noise: 0 }), 4000).map(([x, y]) => {
    const radius = Math.hypot(x, y)
    const angle = 2 * Math.PI * turns * (radius / 2)
    expect(Math.hypot(x - radius * Math.cos(angle), y - radius * Math.sin(angle))).toBeLessThan(1e-5)
    return radius
  })
  expect(Math.max(...radii)).toBeLessThanOrEqual(2)
  // Half of the length of many turns lies within 1/√2 of the radius.
  expect(Math.abs(radii.filter(radius => radius < Math.SQRT2).length - 2000)).toBeLessThan(105)
})

test('jitter of drawn points is 2% of the longer side unless told otherwise', () => {
  const peak = ({ density }: ReturnType<typeof points>, at: number[]) => density!(at)[0]!
  const far = points([
    [0, 0],
    [10, 50],
  ])
  expect(peak(far, [0, 0])).toBeCloseTo(1 / 2 / (2 * Math.PI * 1 ** 2), 12)
  expect(peak(points([[7, 7]]), [7, 7])).toBeCloseTo(1 / (2 * Math.PI * 0.02 ** 2), 8)
  expect(peak(points([3], { bandwidth: 0.5 }), [3])).toBeCloseTo(1 / (Math.sqrt(2 * Math.PI) * 0.5), 12)
})
