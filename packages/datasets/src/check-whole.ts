import { GankitError } from '@gankit/core'

/** @throws GankitError unless `value` is a whole number of at least `min` */
export function checkWhole(name: string, value: number, min: number): void {
  if (!Number.isSafeInteger(value) || value < min)
    throw new GankitError(
      'datasets',
      'option',
      `${name} is ${value}, expected a whole number of at least ${min}`,
    )
}
