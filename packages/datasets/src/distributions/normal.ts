import { type Distribution, parseOptions } from '@gankit/core'
import * as v from 'valibot'
import { real, size } from './coordinates.ts'
import { gaussianMixture } from './gaussian-mixture.ts'

export interface NormalOptions {
  /** Default 0. */
  readonly mean?: number
  /** Standard deviation, above zero. Default 1. */
  readonly std?: number
}

const schema = v.strictObject({ mean: v.optional(real, 0), std: v.optional(size, 1) })

/**
 * A normal distribution on the line, with exact density.
 * @throws GankitError for an option out of range
 */
export function normal(options: NormalOptions = {}): Distribution {
  const { mean, std } = parseOptions('datasets', schema, options)
  return gaussianMixture('normal', [{ weight: 1, mean: [mean], std }])
}
