import { GankitError } from '@gankit/core'

/** The middle of some numbers, the mean of the middle two of an even count; NaN of none. */
export function median(values: ArrayLike<number>): number {
  const sorted = Float64Array.from(values).sort()
  const half = sorted.length >> 1
  return sorted.length % 2 > 0 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2
}

/** Numbers in each row of `count` rows. @throws GankitError unless there are that many whole rows */
export function rowSize(samples: ArrayLike<number>, count: number): number {
  const size = samples.length / count
  if (Number.isSafeInteger(count) && count > 0 && Number.isInteger(size) && size > 0) return size
  throw new GankitError(
    'trainer',
    'data',
    `${samples.length} numbers are not ${count} samples of one size, expected whole rows`,
  )
}

/** The least-squares line slope·i + start through a series, and the share of its variance that the line explains. */
export interface LinearFit {
  readonly slope: number
  readonly start: number
  /** R², from 0 to 1; 0 of a constant. */
  readonly explained: number
}

/** Fits a line to values at 0, 1, 2 …; at least two of them. */
export function fitLine(values: ArrayLike<number>): LinearFit {
  const n = values.length
  const center = (n - 1) / 2
  let mean = 0
  for (let i = 0; i < n; i++) mean += values[i]! / n
  let [both, across, up] = [0, 0, 0]
  for (let i = 0; i < n; i++) {
    both += (i - center) * (values[i]! - mean)
    across += (i - center) ** 2
    up += (values[i]! - mean) ** 2
  }
  const slope = both / across
  return { slope, start: mean - slope * center, explained: up > 0 ? both ** 2 / (across * up) : 0 }
}
