import { type Dataset, type Distribution, parseOptions, randomStream, wholeNumber } from '@gankit/core'
import * as v from 'valibot'
import { datasetOf } from '../dataset/create-dataset.ts'

export interface DistributionDatasetOptions {
  /** How many points are drawn, all held in memory. Up to 100 million, default 100,000. */
  readonly size?: number
  /** Seed of the points; the batches have their own. Default 0. */
  readonly seed?: number
}

const schema = v.strictObject({
  size: v.optional(v.pipe(wholeNumber(), v.maxValue(100_000_000)), 100_000),
  seed: v.optional(wholeNumber(0), 0),
})

/**
 * Points of a distribution as a dataset: drawn once, float32 [dimensions] each, as they are and not limited to
 * [−1, 1]. The same distribution, size and seed give the same points. It has no labels.
 * @throws GankitError for an option out of range
 */
export function distributionDataset(
  distribution: Distribution,
  options: DistributionDatasetOptions = {},
): Dataset {
  const { size, seed } = parseOptions('datasets', schema, options)
  const { name, dimensions } = distribution
  const points = distribution.sample(randomStream(seed, `datasets/${name}`), size)

  const read = (indices: Uint32Array) => {
    const values = new Float32Array(indices.length * dimensions)
    for (const [row, index] of indices.entries())
      values.set(points.subarray(index * dimensions, (index + 1) * dimensions), row * dimensions)
    return values
  }
  return datasetOf({ sampleShape: [dimensions], size, read })
}
