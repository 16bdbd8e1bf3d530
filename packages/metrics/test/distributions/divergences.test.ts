import { readFileSync } from 'node:fs'
import { randomStream } from '@gankit/core'
import { distribution, grid, type MixtureOptions, mixture, normal, ring, uniform } from '@gankit/datasets'
import { describe, expect, it } from 'vitest'
import { divergences } from '../../src/index.ts'

interface Case {
  readonly components: MixtureOptions['components']
  readonly samples: number[]
  readonly extent: [number, number][]
  readonly bins: number
  readonly forward: number
  readonly reverse: number
  readonly js: number
}
const file = `${import.meta.dirname}/../fixtures/distributions.json`
const fixtures = JSON.parse(readFileSync(file, 'utf8')) as Record<'line' | 'plane', Case>

describe('divergences', () => {
  it.each(['line', 'plane'] as const)('are those of SciPy on the same cells: %s', name => {
    const { components, samples, extent, bins, ...expected } = fixtures[name]
    const got = divergences(samples, { ...mixture({ components }), extent }, { bins })
    for (const of of ['forward', 'reverse', 'js'] as const)
      expect(Math.abs(got[of] / expected[of] - 1)).toBeLessThan(2e-4)
    expect(got.bins).toEqual(extent.map(() => bins))
  })

  it('come near to the closed forms of two normal distributions', () => {
    const samples = randomStream(3, 'test').normal(200_000, 0.5, 1.2)
    const real = { ...normal(), extent: [[-8, 8] as const] }
    const { forward, reverse } = divergences(samples, real, { bins: 100 })
    // ln(σ₂/σ₁) + (σ₁² + (μ₁ − μ₂)²)/(2σ₂²) − ½
    expect(forward).toBeCloseTo(Math.log(1.2) + 1.25 / (2 * 1.44) - 0.5, 2)
    expect(reverse).toBeCloseTo(-Math.log(1.2) + (1.44 + 0.25) / 2 - 0.5, 2)
  })

  it('have a floor as chance has it: k/(2n) for KL, k/(8n) for JS', () => {
    const [count, bins] = [20_000, 200]
    const real = { ...uniform({ min: 0, max: 1 }), extent: [[0, 1] as const] }
    const got = divergences(real.sample(randomStream(9, 'test'), count), real, { bins, seed: 5 })
    for (const { forward, reverse, js } of [got, got.floor]) {
      // Their standard deviation is a tenth: chi-square with 199 degrees of freedom.
      for (const kl of [forward, reverse]) expect(Math.abs(kl / (bins / (2 * count)) - 1)).toBeLessThan(0.3)
      expect(Math.abs(js / (bins / (8 * count)) - 1)).toBeLessThan(0.3)
    }
    expect(got.js).not.toBe(got.floor.js)
  })

  it('hold where the density jumps within a cell', () => {
    const real = uniform()
    const got = divergences(real.sample(randomStream(9, 'test'), 20_000), real, { bins: 50 })
    expect(got.js).toBeLessThan(3e-3)
  })

  it('are at their floor for real samples of the ring and the grid, and far above it where modes are missing', () => {
    for (const real of [ring(), grid()]) {
      const samples = real.sample(randomStream(2, 'test'), 10_000)
      const good = divergences(samples, real)
      expect(good.js).toBeLessThan(1.1 * good.floor.js)
      const { centers: centres } = real.modes!
      const left = samples.map((value, i) => (samples[i - (i % 2)]! > 0.5 ? centres[0]![i % 2]! : value))
      const bad = divergences(left, real)
      expect(bad.js).toBeGreaterThan(5 * good.floor.js)
      expect(bad.forward).toBeGreaterThan(good.floor.forward + 0.5)
    }
  })

  it('reach ln 2 where nothing is common, outside of the extent too', () => {
    const samples = new Float32Array(1000).fill(1e6)
    expect(divergences(samples, ring()).js).toBeCloseTo(Math.LN2, 3)
    expect(
      divergences(
        Float32Array.from(samples, () => 0),
        ring(),
      ).js,
    ).toBeCloseTo(Math.LN2, 3)
  })

  it('refuse what they can’t measure', () => {
    const { density: _, ...blind } = ring()
    expect(() => divergences([0, 0], blind)).toThrow(/ring has no density/)
    const deep = { ...ring(), dimensions: 3 }
    expect(() => divergences([0, 0, 0], deep)).toThrow(/has 3 dimensions, expected 1 or 2/)
    expect(() => divergences([0, 0], ring(), { bins: 1 })).toThrow(/bins is 1/)
    expect(() => divergences([0, 0], ring(), { bins: 2001 })).toThrow(/at most 2000/)
    expect(() => divergences([0], ring())).toThrow(/expected points of 2/)
  })

  it('hold for a density of one’s own', () => {
    const mine = distribution({
      name: 'halves',
      dimensions: 1,
      sample: (random, count) => random.uniform(count, 0, 2),
      density: points => Array.from({ length: points.length }, () => 0.5),
      extent: [[0, 2]],
    })
    // All in the lower half: KL(generated‖real) = ln 2; JS of (½, ½) and (1, 0) = ¾ ln(4/3).
    const got = divergences([0.1, 0.6, 0.2, 0.3], mine, { bins: 2 })
    expect(got.js).toBeCloseTo(0.75 * Math.log(4 / 3), 10)
  })
})
