/** The line at·slope + start through a series that is least wrong in squares, and the share of variance it explains. */
export interface StraightLine {
  readonly slope: number
  readonly start: number
  /** R², from 0 to 1; 0 of a constant. */
  readonly explained: number
}

/** Fits a line to values at 0, 1, 2 …; at least two of them. */
export function straightLine(values: ArrayLike<number>): StraightLine {
  const n = values.length
  const centre = (n - 1) / 2
  let mean = 0
  for (let i = 0; i < n; i++) mean += values[i]! / n
  let [both, across, up] = [0, 0, 0]
  for (let i = 0; i < n; i++) {
    both += (i - centre) * (values[i]! - mean)
    across += (i - centre) ** 2
    up += (values[i]! - mean) ** 2
  }
  const slope = both / across
  return { slope, start: mean - slope * centre, explained: up > 0 ? both ** 2 / (across * up) : 0 }
}
