import { readFileSync } from 'node:fs'
import { randomStream } from '@gankit/core'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  autocorrelation,
  detectPeriod,
  effectiveRank,
  meanPairwiseDistance,
  nearestDistances,
} from '../../src/doctor.ts'

interface Fixture {
  readonly samples: {
    readonly count: number
    readonly size: number
    readonly samples: number[]
    readonly others: number[]
    readonly rank: number
    readonly distance: number
    readonly nearest: number[]
    readonly nearestOther: number[]
  }[]
  readonly series: { readonly values: number[]; readonly correlations: number[]; readonly swing: number }[]
}
const fixture: Fixture = JSON.parse(readFileSync(`${import.meta.dirname}/../fixtures/doctor.json`, 'utf8'))

const close = (actual: ArrayLike<number>, expected: readonly number[]) => {
  expect(actual.length).toBe(expected.length)
  for (const [i, value] of expected.entries()) expect(actual[i]).toBeCloseTo(value, 9)
}

describe.each(fixture.samples)('samples of $size numbers', ({ count, size, samples, others, ...python }) => {
  test('have the effective rank of the eigenvalues of NumPy', () =>
    expect(effectiveRank(samples, count)).toBeCloseTo(python.rank, 9))

  test('lie as far apart as for SciPy', () =>
    expect(meanPairwiseDistance(samples, count)).toBeCloseTo(python.distance, 9))

  test('have the nearest neighbours of scikit-learn', () => {
    close(nearestDistances(others, samples, size), python.nearest)
    close(nearestDistances(samples, samples, size, { themselves: true }), python.nearestOther)
  })
})

test.each(fixture.series)('series %# has the correlations of SciPy', ({ values, correlations, swing }) => {
  close(autocorrelation(values, correlations.length - 1), correlations)
  const rhythm = detectPeriod(values)
  if (rhythm) expect(rhythm.swing).toBeCloseTo(swing, 9)
})

describe('closed forms', () => {
  test('a line has rank 1, a cross of d axes rank d, one point rank 0', () => {
    expect(effectiveRank([0, 0, 1, 2, 2, 4, -3, -6], 4)).toBeCloseTo(1, 12)
    const cross = Array.from({ length: 10 }, (_, i) =>
      Array.from({ length: 5 }, (_, k) => (k === i >> 1 ? (i % 2) - 0.5 : 0)),
    )
    expect(effectiveRank(cross.flat(), 10)).toBeCloseTo(5, 12)
    expect(effectiveRank(Float32Array.from([0.1, 0.7, 0.1, 0.7, 0.1, 0.7]), 3)).toBe(0)
  })

  test('variances a and b on two axes have rank (a + b)²/(a² + b²)', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.1, max: 10, noNaN: true }),
        fc.double({ min: 0.1, max: 10, noNaN: true }),
        (a, b) => {
          const [x, y] = [Math.sqrt(a), Math.sqrt(b)]
          const rank = effectiveRank([x, 0, -x, 0, 0, y, 0, -y], 4)
          expect(rank).toBeCloseTo((a + b) ** 2 / (a ** 2 + b ** 2), 9)
        },
      ),
      { numRuns: 50 },
    )
  })

  test('a square of side 1 has mean distance (4 + 2·√2)/6', () => {
    expect(meanPairwiseDistance([0, 0, 0, 1, 1, 0, 1, 1], 4)).toBeCloseTo((4 + 2 * Math.SQRT2) / 6, 12)
    expect(meanPairwiseDistance([5, 5], 1)).toBe(0)
  })

  test('rank and mean distance stay where they are under a shift', () => {
    const samples = randomStream(1, 'shift').normal(20 * 7)
    const shifted = Float64Array.from(samples, value => value + 100)
    expect(effectiveRank(shifted, 20)).toBeCloseTo(effectiveRank(samples, 20), 8)
    expect(meanPairwiseDistance(shifted, 20)).toBeCloseTo(meanPairwiseDistance(samples, 20), 8)
  })

  test('a sine has its period and twice its amplitude', () => {
    const sine = (period: number) =>
      Array.from({ length: 48 }, (_, i) => 3 * Math.sin((2 * Math.PI * i) / period))
    for (const period of [4, 6, 8, 12]) {
      const rhythm = detectPeriod(sine(period))
      expect(rhythm?.period).toBe(period)
      expect(rhythm?.swing).toBeGreaterThan(5.8)
      expect(rhythm?.swing).toBeLessThan(6.2)
      expect(rhythm?.strength).toBeGreaterThan(0.9)
    }
    expect(detectPeriod(sine(40)), 'too long to be seen three times').toBeUndefined()
  })

  test('a single sample has no other', () =>
    expect([...nearestDistances([1, 2], [1, 2], 2, { themselves: true })]).toEqual([
      Number.POSITIVE_INFINITY,
    ]))
})

test.each([
  [5, 2],
  [4, 0],
  [0, 3],
  [4, 1.5],
])('%d numbers are not %d samples', (numbers, count) => {
  const samples = new Float32Array(numbers)
  const message = `${numbers} numbers are not ${count} samples of one size`
  expect(() => effectiveRank(samples, count)).toThrow(message)
  expect(() => meanPairwiseDistance(samples, count)).toThrow(message)
})
