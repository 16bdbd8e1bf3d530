import { GankitError } from '@gankit/core'
import * as v from 'valibot'

/** Far within the range of float32, so that neither samples nor densities overflow. */
const maxCoordinate = 1e15

/** A coordinate. */
export const real: v.GenericSchema<number> = v.pipe(
  v.number(),
  v.minValue(-maxCoordinate),
  v.maxValue(maxCoordinate),
)

/** A standard deviation, a length or a weight. */
export const size: v.GenericSchema<number> = v.pipe(
  v.number(),
  v.minValue(1 / maxCoordinate),
  v.maxValue(maxCoordinate),
)

/** A point of one or two dimensions; a number stands for a point of one. */
export const point: v.GenericSchema<number | readonly number[], readonly number[]> = v.pipe(
  v.union([real, v.strictTuple([real]), v.strictTuple([real, real])], 'expected a number, [x] or [x, y]'),
  v.transform(value => (typeof value === 'number' ? [value] : value)),
)

/**
 * Computes the range of a plot: the box around these points, `reach` more on every side, and a tenth of the sum as a margin,
 * where samples of a generator may lie.
 * @returns [least, greatest] per dimension
 */
export function computeExtent(points: readonly (readonly number[])[], reach: number): [number, number][] {
  return findBounds(points).map(([least, greatest]) => {
    const margin = reach + (greatest - least + 2 * reach) / 10
    return [least - margin, greatest + margin]
  })
}

/**
 * Finds the box around points.
 * @param points at least one
 * @returns [least, greatest] per dimension
 */
export function findBounds(points: readonly (readonly number[])[]): [number, number][] {
  return points[0]!.map((first, axis) => {
    let [least, greatest] = [first, first]
    for (const point of points) {
      least = Math.min(least, point[axis]!)
      greatest = Math.max(greatest, point[axis]!)
    }
    return [least, greatest]
  })
}

/**
 * Counts the points in a row-major array.
 * @throws GankitError unless its length is a multiple of the dimensions
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
