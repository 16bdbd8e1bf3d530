import type { HistogramSummary } from './event.ts'

// Multiplied, not raised to powers, as in TensorFlow: its limits are these to the last bit.
const positive: number[] = []
for (let limit = 1e-12; limit < 1e20; limit *= 1.1) positive.push(limit)
positive.push(Number.MAX_VALUE)
const limitsOfAll: readonly number[] = [...positive.map(limit => -limit).reverse(), 0, ...positive]

/**
 * The histogram of some numbers with TensorFlow's buckets, ±1e-12 · 1.1^k, those next to 0 ending there. Empty buckets
 * in a row are one, and of those at both ends only one at the left stays, which says where the first bucket begins.
 * Numbers that are not finite are left out.
 * Source: tensorflow/core/lib/histogram/histogram.cc.
 * @returns undefined where no number is finite
 */
export function computeHistogram(values: Float32Array): HistogramSummary | undefined {
  const all = new Float64Array(limitsOfAll.length)
  let [min, max, count, sum, sumOfSquares] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0, 0, 0]
  for (const value of values) {
    if (!Number.isFinite(value)) continue
    all[bucketOf(value)]!++
    min = Math.min(min, value)
    max = Math.max(max, value)
    count++
    sum += value
    sumOfSquares += value * value
  }
  if (count === 0) return undefined

  const limits: number[] = []
  const counts: number[] = []
  const last = bucketOf(max)
  for (let i = Math.max(0, bucketOf(min) - 1); i <= last; i++) {
    if (all[i] === 0 && counts.at(-1) === 0) limits.pop()
    else counts.push(all[i]!)
    limits.push(limitsOfAll[i]!)
  }
  return { min, max, count, sum, sumOfSquares, limits, counts }
}

/** The first bucket whose limit is above a value. */
function bucketOf(value: number): number {
  let [low, high] = [0, limitsOfAll.length - 1]
  while (low < high) {
    const middle = (low + high) >> 1
    if (limitsOfAll[middle]! > value) high = middle
    else low = middle + 1
  }
  return low
}
