import { readFileSync } from 'node:fs'
import { randomStream } from '@gankit/core'
import { describe, expect, it } from 'vitest'
import { wasserstein1d } from '../../src/index.ts'

const file = `${import.meta.dirname}/../fixtures/distributions.json`
const { wasserstein } = JSON.parse(readFileSync(file, 'utf8')) as {
  wasserstein: { a: number[]; b: number[]; distance: number }[]
}

describe('wasserstein1d', () => {
  it.each(wasserstein)('is that of SciPy: $a.length and $b.length numbers', ({ a, b, distance }) => {
    expect(wasserstein1d(a, b)).toBeCloseTo(distance, 12)
    expect(wasserstein1d(b, a)).toBeCloseTo(distance, 12)
  })

  it('is the shift of a shifted set, and 0 for the same one in another order', () => {
    const a = [3, -1, 4, 1.5]
    expect(
      wasserstein1d(
        a,
        a.map(x => x + 2.5),
      ),
    ).toBe(2.5)
    expect(wasserstein1d(a, a.toReversed())).toBe(0)
    expect(wasserstein1d(a, [...a, ...a])).toBe(0)
  })

  it('leaves its arguments as they are', () => {
    const a = Float32Array.of(2, 1)
    wasserstein1d(a, a)
    expect(a).toEqual(Float32Array.of(2, 1))
  })

  it('comes near to the closed form of two normal distributions of one width', () => {
    const count = 50_000
    const a = randomStream(1, 'a').normal(count)
    const b = randomStream(1, 'b').normal(count - 7, 3)
    expect(wasserstein1d(a, b)).toBeCloseTo(3, 1)
  })

  it('refuses none, and numbers that are not finite', () => {
    expect(() => wasserstein1d([], [1])).toThrow(/of 0 samples/)
    expect(() => wasserstein1d([1], [Number.POSITIVE_INFINITY])).toThrow(/Infinity/)
  })
})
