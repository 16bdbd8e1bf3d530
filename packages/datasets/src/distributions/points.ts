import { type Distribution, GankitError, parseOptions } from '@gankit/core'
import * as v from 'valibot'
import { findBounds, point, size } from './coordinates.ts'
import { gaussianMixture } from './gaussian-mixture.ts'

export interface PointsOptions {
  /** Standard deviation of the jitter, above zero. Default: 2% of the longer side of the box around the points. */
  readonly bandwidth?: number
}

const coordinatesSchema = v.strictObject({
  coordinates: v.pipe(v.array(point), v.minLength(1, 'expected at least one point')),
})
const schema = v.strictObject({ bandwidth: v.optional(size) })

/**
 * Equally likely points, such as points drawn by hand, with a little Gaussian jitter: a kernel density. The density is exact,
 * the mean of Gaussians at the points.
 * @param coordinates numbers or [x] for points of a line, [x, y] for points of the plane
 * @throws GankitError for an option out of range, and for points of different dimensions
 */
export function points(
  coordinates: readonly (number | readonly number[])[],
  options: PointsOptions = {},
): Distribution {
  const { coordinates: means } = parseOptions('datasets', coordinatesSchema, { coordinates })
  const dimensions = means[0]!.length
  const other = means.findIndex(mean => mean.length !== dimensions)
  if (other > 0)
    throw new GankitError(
      'datasets',
      'option',
      `coordinates.${other} has dimension ${means[other]!.length}, expected ${dimensions} as coordinates.0 has`,
    )
  const longerSide = Math.max(...findBounds(means).map(([least, greatest]) => greatest - least))
  const std = parseOptions('datasets', schema, options).bandwidth ?? (0.02 * longerSide || 0.02)
  const { modes: _, ...drawing } = gaussianMixture(
    'points',
    means.map(mean => ({ weight: 1, mean, std })),
  )
  // The points outline shapes; a single point is no mode that a generator could miss.
  return drawing
}
