import { type Dataset, type Distribution, parseOptions, randomStream, wholeNumber } from '@gankit/core'
import * as v from 'valibot'
import { fromArrays } from '../dataset/from-arrays.ts'

export interface DistributionDatasetOptions {
  /** Number of points, all held in memory. Up to 100 million, default 100,000. */
  readonly size?: number
  /** Seed of the points; batches have a seed of their own. Default 0. */
  readonly seed?: number
}

const schema = v.strictObject({
  size: v.optional(v.pipe(wholeNumber(), v.maxValue(100_000_000)), 100_000),
  seed: v.optional(wholeNumber(0), 0),
})

/**
 * A dataset of points of a distribution: drawn once, float32 [dimensions] each, not limited to [−1, 1]. The same distribution,
 * size and seed give the same points. It has no labels.
 * @throws GankitError for an option out of range
 */
export function distributionDataset(
  distribution: Distribution,
  options: DistributionDatasetOptions = {},
): Dataset {
  const { size, seed } = parseOptions('datasets', schema, options)
  const { name, dimensions } = distribution
  const points = distribution.sample(randomStream(seed, `datasets/${name}`), size)
  return { ...fromArrays({ samples: points, shape: [dimensions] }), distribution }
}
