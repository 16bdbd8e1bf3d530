import { type Distribution, parseOptions, wholeNumber } from '@gankit/core'
import * as v from 'valibot'
import { size } from './coordinates.ts'
import { gaussianMixture } from './gaussian-mixture.ts'

export interface RingOptions {
  /** Number of Gaussians. From 1 to 10,000, default 8. */
  readonly modes?: number
  /** Radius of the circle of their centers. Default 2. */
  readonly radius?: number
  /** Standard deviation of each. Default 0.02. */
  readonly std?: number
}

const schema = v.strictObject({
  modes: v.optional(v.pipe(wholeNumber(), v.maxValue(10_000)), 8),
  radius: v.optional(size, 2),
  std: v.optional(size, 0.02),
})

/**
 * Gaussians of equal weight on a circle, the first at [radius, 0], with exact density. The defaults are those of
 * Metz et al., "Unrolled generative adversarial networks" (2017). Other papers use the same ring at half the size: radius 1
 * and std 0.01.
 * @throws GankitError for an option out of range
 */
export function ring(options: RingOptions = {}): Distribution {
  const { modes, radius, std } = parseOptions('datasets', schema, options)
  return gaussianMixture(
    'ring',
    Array.from({ length: modes }, (_, k) => {
      const angle = (2 * Math.PI * k) / modes
      return { weight: 1, mean: [radius * Math.cos(angle), radius * Math.sin(angle)], std }
    }),
  )
}
