import { GankitError } from '@gankit/core'

/**
 * How many points these numbers are.
 * @throws GankitError unless they are whole points of this many dimensions
 */
export function countPoints(points: ArrayLike<number>, dimensions: number): number {
  const count = points.length / dimensions
  if (!Number.isInteger(count))
    throw new GankitError(
      'datasets',
      'option',
      `points has ${points.length} numbers, expected a multiple of ${dimensions}, the dimensions of the distribution`,
    )
  return count
}
