import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { mannWhitney } from '../../src/memorization/mann-whitney.ts'
import { normalTail } from '../../src/statistics.ts'

const file = `${import.meta.dirname}/../fixtures/memorization.json`
const { tests, tails } = JSON.parse(readFileSync(file, 'utf8')) as {
  tests: { x: number[]; y: number[]; u: number; pLess: number; pGreater: number }[]
  tails: { z: number; tail: number }[]
}
const near = (got: number, expected: number, relative: number) =>
  expect(Math.abs(got - expected)).toBeLessThanOrEqual(relative * expected)

describe('mannWhitney', () => {
  it.each(tests)('is that of SciPy: U = $u', ({ x, y, ...expected }) => {
    const { u, pLess, pGreater } = mannWhitney(x, y)
    expect(u).toBe(expected.u)
    near(pLess, expected.pLess, 1e-9)
    near(pGreater, expected.pGreater, 1e-9)
  })

  it('counts pairs by hand', () => {
    expect(mannWhitney([1, 3, 3], [2, 3]).u).toBe(0 + 1.5 + 1.5)
    const { z } = mannWhitney([1, 2, 3], [4, 5, 6, 7])
    expect(z).toBeCloseTo(-6 / Math.sqrt((12 * 8) / 12), 12)
  })

  it('says nothing where all numbers are equal', () => {
    expect(mannWhitney([1, 1], [1, 1, 1])).toEqual({ u: 3, z: 0, pLess: 1, pGreater: 1 })
  })
})

describe('normalTail', () => {
  it.each(tails)('is that of SciPy at $z', ({ z, tail }) => near(normalTail(z), tail, 2e-12))
})
