import { type Distribution, parseOptions } from '@gankit/core'
import * as v from 'valibot'
import { noisyCurves } from './noisy-curves.ts'

export interface TwoMoonsOptions {
  /** Standard deviation of the noise, in units in which the moons have radius 1. From 0 to 10; default 0.05. */
  readonly noise?: number
}

const schema = v.strictObject({
  noise: v.optional(v.pipe(v.number(), v.minValue(0), v.maxValue(10)), 0.05),
})

const half = { speed: Math.PI, quantile: (u: number) => u, weight: () => 1 }
const upper = { ...half, at: (s: number) => [Math.cos(Math.PI * s), Math.sin(Math.PI * s)] as const }
const lower = {
  ...half,
  at: (s: number) => [1 - Math.cos(Math.PI * s), 0.5 - Math.sin(Math.PI * s)] as const,
}

/**
 * Two interleaved half circles of radius 1, with Gaussian noise: the geometry of scikit-learn's `make_moons`. The center of the
 * upper one is [0, 0], of the lower one [1, 0.5]. It has a density where noise is at least 0.001.
 * @throws GankitError for an option out of range
 */
export function twoMoons(options: TwoMoonsOptions = {}): Distribution {
  const { noise } = parseOptions('datasets', schema, options)
  return noisyCurves('two-moons', [upper, lower], noise)
}
