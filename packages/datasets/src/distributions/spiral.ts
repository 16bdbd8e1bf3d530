import { type Distribution, parseOptions } from '@gankit/core'
import * as v from 'valibot'
import { noisyCurves } from './noisy-curves.ts'

export interface SpiralOptions {
  /** Number of turns. Above 0, up to 20; default 2. */
  readonly turns?: number
  /** Standard deviation of the noise, in units in which the spiral ends at radius 2. From 0 to 10; default 0.05. */
  readonly noise?: number
}

const schema = v.strictObject({
  turns: v.optional(v.pipe(v.number(), v.gtValue(0), v.maxValue(20)), 2),
  noise: v.optional(v.pipe(v.number(), v.minValue(0), v.maxValue(10)), 0.05),
})

/** Radius of the end of the spiral. */
const radius = 2

/**
 * An Archimedean spiral from [0, 0] counterclockwise to radius 2, with Gaussian noise. The square of the angle is
 * uniform, which spreads the points almost evenly along the curve. It has a density where noise is at least 0.001.
 * @throws GankitError for an option out of range
 */
export function spiral(options: SpiralOptions = {}): Distribution {
  const { turns, noise } = parseOptions('datasets', schema, options)
  const fullAngle = 2 * Math.PI * turns
  const curve = {
    at: (s: number) => [radius * s * Math.cos(fullAngle * s), radius * s * Math.sin(fullAngle * s)] as const,
    speed: radius * Math.hypot(1, fullAngle),
    quantile: Math.sqrt,
    weight: (s: number) => 2 * s,
  }
  return noisyCurves('spiral', [curve], noise)
}
