import { GankitError } from '@gankit/core'

/** @throws GankitError unless `value` is a whole number from `least` */
export function checkWhole(name: string, value: number, least: number): void {
  if (!Number.isSafeInteger(value) || value < least)
    throw new GankitError('trainer', 'option', `${name} is ${value}, expected a whole number from ${least}`)
}
