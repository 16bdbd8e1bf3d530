import { randomStream } from '@gankit/core'
import { grid, mixture, ring, spiral, uniform } from '@gankit/datasets'
import { describe, expect, it } from 'vitest'
import { modesCovered } from '../../src/index.ts'

const wide = mixture({
  components: [
    { mean: -10, std: 1 },
    { mean: 10, std: 1, weight: 3 },
  ],
})

describe('modesCovered', () => {
  it('counts samples for the nearest mode, up to its rim', () => {
    // At 3 std exactly, just outside, in between, and at the other mode.
    const got = modesCovered([-13, -13.001, 0, 9, 11], wide)
    expect(got).toEqual({
      covered: 2,
      fairlyCovered: 2,
      total: 2,
      share: 3 / 5,
      counts: Uint32Array.of(1, 2),
    })
  })

  it('takes another rim', () => {
    expect(modesCovered([-11.5, -10.5], wide, { within: 1 }).share).toBe(0.5)
  })

  it('takes a mode for fairly covered from a fifth of its due share, which goes by its weight', () => {
    const samples = (first: number, second: number) => [
      ...Array<number>(first).fill(-10),
      ...Array<number>(second).fill(10),
    ]
    // Of 100 samples 25 and 75 are due, so 5 and 15 are a fifth.
    expect(modesCovered(samples(4, 96), wide)).toMatchObject({ covered: 2, fairlyCovered: 1 })
    expect(modesCovered(samples(5, 95), wide)).toMatchObject({ covered: 2, fairlyCovered: 2 })
    expect(modesCovered(samples(86, 14), wide)).toMatchObject({ covered: 2, fairlyCovered: 1 })
  })

  it.each([
    [ring(), 8],
    [grid(), 25],
  ])('finds all modes in real samples of $name, and 1 − exp(−9/2) of them good', (distribution, total) => {
    const got = modesCovered(distribution.sample(randomStream(1, 'test'), 20_000), distribution)
    expect(got).toMatchObject({ covered: total, fairlyCovered: total, total })
    expect(got.share).toBeCloseTo(1 - Math.exp(-4.5), 2)
    expect(got.counts.reduce((sum, count) => sum + count, 0)).toBe(Math.round(got.share * 20_000))
  })

  it('finds the modes that a collapsed generator leaves out', () => {
    const { centers: centres } = ring().modes!
    const three = Float32Array.from({ length: 600 }, (_, i) => centres[(i >> 1) % 3]![i % 2]!)
    expect(modesCovered(three, ring())).toMatchObject({ covered: 3, fairlyCovered: 3, total: 8, share: 1 })
  })

  it('covers nothing where nothing is near', () => {
    expect(modesCovered(new Float32Array(40), ring())).toMatchObject({
      covered: 0,
      fairlyCovered: 0,
      share: 0,
    })
  })

  it('refuses what it can’t measure', () => {
    expect(() => modesCovered([0, 0], spiral())).toThrow(/spiral has no known modes/)
    expect(() => modesCovered([0], uniform())).toThrow(/has no known modes/)
    expect(() => modesCovered([0, 0, 0], ring())).toThrow(/samples are 3 numbers, expected points of 2/)
    expect(() => modesCovered([], ring())).toThrow(/samples are of 0 samples/)
    expect(() => modesCovered([0, Number.NaN], ring())).toThrow(/NaN/)
    expect(() => modesCovered([0, 0], ring(), { within: 0 })).toThrow(/within is 0/)
  })
})
