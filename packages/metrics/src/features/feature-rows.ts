import { GankitError } from '@gankit/core'

/** Features in rows, one row per sample. The `Features` of an extractor are such rows. */
export interface FeatureRows {
  /** [count, size], row-major. */
  readonly values: Float32Array | Float64Array
  readonly count: number
  readonly size: number
}

/** The samples at the indices `chosen`, in that order; a copy. */
export function takeRows({ values, size }: FeatureRows, chosen: Uint32Array): FeatureRows {
  const length = chosen.length * size
  const taken = values instanceof Float64Array ? new Float64Array(length) : new Float32Array(length)
  for (const [i, from] of chosen.entries())
    taken.set(values.subarray(from * size, (from + 1) * size), i * size)
  return { values: taken, count: chosen.length, size }
}

/**
 * Plain numbers as points.
 * @param samples [n, dimensions], row-major
 * @throws GankitError for no points, a number of values that `dimensions` doesn't divide, or values that are not finite
 */
export function toPoints(samples: ArrayLike<number>, dimensions: number): FeatureRows {
  const values =
    samples instanceof Float32Array || samples instanceof Float64Array ? samples : Float64Array.from(samples)
  if (values.length % dimensions !== 0)
    throwDataError(
      `samples are ${values.length} numbers, expected points of ${dimensions}: pass [n, ${dimensions}], row by row`,
    )
  const points = { values, count: values.length / dimensions, size: dimensions }
  checkRows('samples', points, 1)
  return points
}

/** The 12th power of this bound is still finite in float64: KID cubes inner products and sums their squares. */
const maxMagnitude = 1e18

/**
 * @param what names the rows in the error: 'the real features'
 * @throws GankitError unless all values are finite and there are at least `minCount` samples
 */
export function checkRows(what: string, { values, count, size }: FeatureRows, minCount: number): void {
  if (!(Number.isInteger(count) && Number.isInteger(size) && size > 0 && values.length === count * size))
    throwDataError(
      `${what} are ${values.length} numbers, expected ${count} × ${size}: pass values in rows, one row per sample`,
    )
  if (count < minCount)
    throwDataError(`${what} are of ${count} samples, expected at least ${minCount}: take more samples`)
  const at = values.findIndex((value: number) => !(Math.abs(value) <= maxMagnitude))
  if (at < 0) return
  throwDataError(
    `${what} hold ${values[at]} in sample ${Math.floor(at / size)}, number ${at % size}, expected finite numbers up to ` +
      `${maxMagnitude}: look for pictures or weights that are not finite`,
  )
}

/** @throws GankitError unless real and fake samples have the same number of features */
export function checkSameSize(real: { readonly size: number }, fake: { readonly size: number }): void {
  if (real.size !== fake.size)
    throwDataError(
      `there are ${real.size} and ${fake.size} features a sample, expected as many: take both from one extractor`,
    )
}

/** @throws GankitError where every sample has the same features as the first */
export function checkVaried(what: string, { values, size }: FeatureRows): void {
  if (values.every((value: number, i: number) => value === values[i % size]))
    throwDataError(
      `${what} are the same for every sample, expected some that differ: look at the samples, or take another extractor`,
    )
}

/** Throws the error for data that a metric can't be computed from: what was got, what was expected, what to do. */
export function throwDataError(message: string): never {
  throw new GankitError('metrics', 'data', message)
}
