import { type Distribution, GankitError, parseOptions, type RandomStream } from '@gankit/core'
import * as v from 'valibot'
import { countPoints, point, real, size } from './coordinates.ts'

export interface DistributionOptions {
  /** Its name; the samples of its dataset depend on it. */
  readonly name: string
  /** Numbers per point: 1 or 2. */
  readonly dimensions: 1 | 2
  /** Draws `count` points from these random numbers only. @returns [count, dimensions], row-major */
  readonly sample: (random: RandomStream, count: number) => ArrayLike<number>
  /** The density at points [n, dimensions], row-major; its integral has to be 1. @returns n densities */
  readonly density?: (points: ArrayLike<number>) => ArrayLike<number>
  /** The center of each mode, a number, [x] or [x, y], and the standard deviation around each. */
  readonly modes?: { readonly centers: readonly (number | readonly number[])[]; readonly std: number }
  /** The range of a plot: [least, greatest] per dimension. */
  readonly extent: readonly (readonly [number, number])[]
}

const schema = v.strictObject({
  name: v.pipe(v.string(), v.nonEmpty('expected a name')),
  dimensions: v.picklist([1, 2]),
  sample: v.function(),
  density: v.optional(v.function()),
  modes: v.optional(v.strictObject({ centers: v.pipe(v.array(point), v.minLength(1)), std: size })),
  extent: v.array(v.strictTuple([real, real])),
})

/**
 * A distribution of your own. The results of its functions are checked at every call.
 * @throws GankitError for an option out of range; later, from `sample` and `density`, for too many or too few numbers,
 * numbers that are not finite, and densities below zero
 */
export function distribution(options: DistributionOptions): Distribution {
  const { name, dimensions, modes, extent } = parseOptions('datasets', schema, options)
  const { sample, density } = options
  checkExtent(extent, dimensions)
  const wrong = modes?.centers.findIndex(center => center.length !== dimensions) ?? -1
  if (modes && wrong >= 0)
    throw new GankitError(
      'datasets',
      'option',
      `modes.centers.${wrong} has dimension ${modes.centers[wrong]!.length}, expected ${dimensions}, the dimensions`,
    )
  return {
    name,
    dimensions,
    sample(random, count) {
      const values = sample(random, count)
      checkNumbers(`sample of ${name}`, values, count * dimensions, `${count} points of ${dimensions}`)
      return values instanceof Float32Array ? values : Float32Array.from(values)
    },
    ...(density && {
      density(points) {
        const count = countPoints(points, dimensions)
        const densities = density(points)
        checkNumbers(`density of ${name}`, densities, count, `one for each of ${count} points`, 0)
        return Float64Array.from(densities)
      },
    }),
    ...(modes && { modes }),
    extent,
  }
}

function checkExtent(extent: readonly (readonly [number, number])[], dimensions: number): void {
  if (extent.length !== dimensions)
    throw new GankitError(
      'datasets',
      'option',
      `extent has ${extent.length} pairs, expected ${dimensions}, one a dimension`,
    )
  for (const [axis, [least, greatest]] of extent.entries())
    if (least >= greatest)
      throw new GankitError(
        'datasets',
        'option',
        `extent.${axis} is [${least}, ${greatest}], expected the least number first, then a greater one`,
      )
}

function checkNumbers(
  name: string,
  numbers: ArrayLike<number>,
  length: number,
  explanation: string,
  least = Number.NEGATIVE_INFINITY,
): void {
  if (numbers?.length !== length)
    throw new GankitError(
      'datasets',
      'data',
      `${name} gave ${numbers?.length ?? 'no'} numbers, expected ${length} (${explanation})`,
    )
  for (let i = 0; i < length; i++)
    if (!Number.isFinite(numbers[i]!) || numbers[i]! < least)
      throw new GankitError(
        'datasets',
        'data',
        `${name} gave ${numbers[i]} as number ${i}, expected a finite number${least === 0 ? ' of at least 0' : ''}`,
      )
}
