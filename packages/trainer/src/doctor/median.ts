/** The middle of some numbers, the mean of the middle two of an even count; NaN of none. */
export function median(values: ArrayLike<number>): number {
  const sorted = Float64Array.from(values).sort()
  const half = sorted.length >> 1
  return sorted.length % 2 > 0 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2
}
