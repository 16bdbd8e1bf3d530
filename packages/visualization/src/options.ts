import { GankitError } from '@gankit/core'

/** @throws GankitError unless `value` is a whole number from `min` to `max` */
export function checkWholeNumber(
  name: string,
  value: number,
  min: number,
  max: number = Number.POSITIVE_INFINITY,
): void {
  if (Number.isSafeInteger(value) && value >= min && value <= max) return
  const range = max === Number.POSITIVE_INFINITY ? `of at least ${min}` : `from ${min} to ${max}`
  throw new GankitError('visualization', 'option', `${name} is ${value}, expected a whole number ${range}`)
}
