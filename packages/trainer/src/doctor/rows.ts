import { GankitError } from '@gankit/core'

/** Numbers in each row of `count` rows. @throws GankitError unless there are that many whole rows */
export function rowSize(samples: ArrayLike<number>, count: number): number {
  const size = samples.length / count
  if (Number.isSafeInteger(count) && count > 0 && Number.isInteger(size) && size > 0) return size
  throw new GankitError('trainer', 'option', `${samples.length} numbers are not ${count} samples of one size`)
}
