import { GankitError } from '@gankit/core'

/** Features in rows, one a sample; what an extractor gives is such. */
export interface FeatureRows {
  /** [count, size], row-major. */
  readonly values: Float32Array | Float64Array
  readonly count: number
  readonly size: number
}

/** @throws GankitError unless all numbers are finite and there are `least` samples or more */
export function checkRows(what: string, { values, count, size }: FeatureRows, least: number): void {
  if (!(Number.isInteger(count) && Number.isInteger(size) && size > 0 && values.length === count * size))
    refuse(
      `${what} are ${values.length} numbers, expected ${count} × ${size}: pass values in rows, one a sample`,
    )
  if (count < least) refuse(`${what} are of ${count} samples, expected at least ${least}: take more samples`)
  const at = values.findIndex((value: number) => !(Math.abs(value) <= greatest))
  if (at < 0) return
  refuse(
    `${what} hold ${values[at]} in sample ${Math.floor(at / size)}, number ${at % size}, expected finite numbers up to ` +
      `${greatest}: look for pictures or weights that are not finite`,
  )
}

/** The sixth power of it, squared, is still a number. */
const greatest = 1e18

/** @throws GankitError unless both come in rows of the same length */
export function checkSameSize(real: { readonly size: number }, fake: { readonly size: number }): void {
  if (real.size !== fake.size)
    refuse(
      `there are ${real.size} and ${fake.size} features a sample, expected as many: take both from one extractor`,
    )
}

/** @throws GankitError where every sample is the same as the first */
export function checkVaried(what: string, { values, size }: FeatureRows): void {
  if (values.every((value: number, i: number) => value === values[i % size]))
    refuse(
      `${what} are the same for every sample, so nothing can be told apart by them: look at the samples, or take another ` +
        'extractor',
    )
}

/** @throws GankitError for a whole number below `least`, or none */
export function checkWhole(option: string, got: number, least: number): void {
  if (!Number.isSafeInteger(got) || got < least)
    throw new GankitError('metrics', 'option', `${option} is ${got}, expected a whole number from ${least}`)
}

/** Data that a figure can't be had from: what was got, what was expected, and the way out. */
export function refuse(message: string): never {
  throw new GankitError('metrics', 'data', message)
}
