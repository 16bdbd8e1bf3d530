import fc from 'fast-check'
import { expect, test } from 'vitest'
import { computeHistogram } from '../../src/tensorboard.ts'

const finite = fc.float({ noDefaultInfinity: true, noNaN: true })

test('each bucket counts the numbers from the limit before it to below its own', () => {
  fc.assert(
    fc.property(fc.array(finite, { minLength: 1, maxLength: 50 }), numbers => {
      const { limits, counts, min, max, count } = computeHistogram(Float32Array.from(numbers))!
      expect(limits.length).toBe(counts.length)
      let from = Number.NEGATIVE_INFINITY
      limits.forEach((to, i) => {
        expect(to).toBeGreaterThan(from)
        expect(counts[i]).toBe(numbers.filter(n => n >= from && n < to).length)
        from = to
      })
      expect(counts.reduce((a, b) => a + b)).toBe(numbers.length)
      expect(count).toBe(numbers.length)
      expect([min, max]).toEqual([Math.min(...numbers), Math.max(...numbers)])
      // Nothing is said twice: no two empty buckets in a row, none at the right end.
      counts.forEach((n, i) => void (i > 0 && expect(n + counts[i - 1]!).toBeGreaterThan(0)))
      expect(counts.at(-1)).toBeGreaterThan(0)
    }),
  )
})

test('buckets are a tenth wider each, and end at 0', () => {
  const { limits } = computeHistogram(Float32Array.of(-1, 0, 1))!
  expect(limits.length).toBe(6)
  const [below, minusOne, , zero, one, above] = limits
  expect([below, minusOne, zero, one, above].every(Number.isFinite)).toBe(true)
  const exponent = (limit: number) => Math.log(Math.abs(limit) / 1e-12) / Math.log(1.1)
  for (const limit of limits.filter(limit => limit !== 0))
    expect(exponent(limit)).toBeCloseTo(Math.round(exponent(limit)), 6)
  expect(below! / minusOne!).toBeCloseTo(1.1, 12)
  expect(above! / one!).toBeCloseTo(1.1, 12)
  expect(limits).toContain(0)
  expect(limits).toContain(1e-12)
})

test('the sums are those of the numbers', () => {
  expect(computeHistogram(Float32Array.of(0.5, -2, 3))).toMatchObject({
    sum: 1.5,
    sumOfSquares: 13.25,
    count: 3,
  })
})

test('numbers that are not finite are left out', () => {
  const { NaN: nan, POSITIVE_INFINITY: infinity } = Number
  expect(computeHistogram(Float32Array.of(nan, 0.5, infinity, 3, -infinity))).toEqual(
    computeHistogram(Float32Array.of(0.5, 3)),
  )
  expect(computeHistogram(Float32Array.of(nan, infinity))).toBeUndefined()
  expect(computeHistogram(new Float32Array())).toBeUndefined()
})
