import { GankitError } from '@gankit/core'
import * as v from 'valibot'

/** Far inside what float32 holds, so that neither samples nor densities overflow. */
const largest = 1e15

/** A coordinate. */
export const real: v.GenericSchema<number> = v.pipe(v.number(), v.minValue(-largest), v.maxValue(largest))

/** A standard deviation, a length or a weight. */
export const size: v.GenericSchema<number> = v.pipe(v.number(), v.minValue(1 / largest), v.maxValue(largest))

/** A point of one or two dimensions; a bare number is a point of one. */
export const point: v.GenericSchema<number | readonly number[], readonly number[]> = v.pipe(
  v.union([real, v.strictTuple([real]), v.strictTuple([real, real])], 'expected a number, [x] or [x, y]'),
  v.transform(value => (typeof value === 'number' ? [value] : value)),
)

/**
 * What a plot of a distribution should show: the box around these points, `reach` more on every side, and a tenth of
 * all that as a margin, where samples of a generator may lie.
 * @returns [least, greatest] per dimension
 */
export function extentOf(points: readonly (readonly number[])[], reach: number): [number, number][] {
  return boxAround(points).map(([least, greatest]) => {
    const margin = reach + (greatest - least + 2 * reach) / 10
    return [least - margin, greatest + margin]
  })
}

/**
 * @param points at least one
 * @returns [least, greatest] per dimension
 */
export function boxAround(points: readonly (readonly number[])[]): [number, number][] {
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
