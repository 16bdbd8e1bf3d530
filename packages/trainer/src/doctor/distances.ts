import { rowSize } from './statistics.ts'

export interface NearestOptions {
  /** Whether sample i is also row i of the others, and not its own neighbor. Default false. */
  readonly themselves?: boolean
  /** The greatest distance of a neighbor that counts; a small one costs much less. Default: any distance. */
  readonly within?: number
}

/**
 * The mean Euclidean distance over all pairs of samples; 0 of a single one.
 * @param samples [count, d], row-major
 * @throws GankitError when the numbers are not `count` rows
 */
export function meanPairwiseDistance(samples: ArrayLike<number>, count: number): number {
  const size = rowSize(samples, count)
  let sum = 0
  // From differences, not from a Gram matrix: of near-equal samples that would leave rounding errors alone.
  for (let i = 1; i < count; i++)
    for (let j = 0; j < i; j++)
      sum += Math.sqrt(squaredDistance(samples, i * size, samples, j * size, size, Number.POSITIVE_INFINITY))
  return count > 1 ? sum / ((count * (count - 1)) / 2) : 0
}

/**
 * The Euclidean distance of each sample to the nearest of others.
 * @param samples [n, size], row-major
 * @param among [m, size], row-major
 * @param size numbers in a sample
 * @returns n distances; Infinity where there is no other within reach
 * @throws GankitError when either is not whole rows of `size`
 */
export function nearestDistances(
  samples: ArrayLike<number>,
  among: ArrayLike<number>,
  size: number,
  { themselves = false, within = Number.POSITIVE_INFINITY }: NearestOptions = {},
): Float64Array {
  const [n, m] = [samples.length / size, among.length / size]
  rowSize(samples, n)
  rowSize(among, m)
  return Float64Array.from({ length: n }, (_, i) => {
    let [nearest, reach] = [Number.POSITIVE_INFINITY, within ** 2]
    for (let j = 0; j < m; j++) {
      if (themselves && i === j) continue
      const squared = squaredDistance(samples, i * size, among, j * size, size, reach)
      if (squared <= reach) nearest = reach = squared
    }
    return Math.sqrt(nearest)
  })
}

/** The squared distance of two rows, or some number above `enough` as soon as it is above that. */
function squaredDistance(
  a: ArrayLike<number>,
  aFrom: number,
  b: ArrayLike<number>,
  bFrom: number,
  size: number,
  enough: number,
): number {
  let sum = 0
  for (let k = 0; k < size && !(sum > enough); ) {
    // The sum is compared once in 32 numbers: more often costs more than it saves.
    const end = Math.min(size, k + 32)
    for (; k < end; k++) {
      const difference = a[aFrom + k]! - b[bFrom + k]!
      sum += difference * difference
    }
  }
  return sum
}

/**
 * In how many directions samples really vary: the participation ratio (Σλ)²/Σλ² of the eigenvalues λ of their
 * covariance. 1 where all lie on a line, d where they vary alike in d directions, 0 where all are equal.
 *
 * Σλ and Σλ² are the trace and the squared Frobenius norm of the Gram matrix of the centered samples, so no eigenvalue
 * is computed, and the cost is count²·d/2 whatever d is.
 * @param samples [count, d], row-major
 * @throws GankitError when the numbers are not `count` rows
 */
export function effectiveRank(samples: ArrayLike<number>, count: number): number {
  const size = rowSize(samples, count)
  const centered = centerRows(samples, count, size)
  let [trace, squares] = [0, 0]
  for (let i = 0; i < count; i++)
    for (let j = 0; j <= i; j++) {
      let dot = 0
      for (let a = i * size, b = j * size, end = a + size; a < end; a++, b++)
        dot += centered[a]! * centered[b]!
      if (i === j) trace += dot
      squares += (i === j ? 1 : 2) * dot * dot
    }
  return trace === 0 ? 0 : trace ** 2 / squares
}

function centerRows(samples: ArrayLike<number>, count: number, size: number): Float64Array {
  const centered = Float64Array.from(samples)
  for (let k = 0; k < size; k++) {
    let sum = 0
    for (let i = k; i < centered.length; i += size) sum += centered[i]!
    // Equal samples stay exactly equal: the sum of equal numbers need not divide back to them.
    const mean = centered[k]! + (sum - count * centered[k]!) / count
    for (let i = k; i < centered.length; i += size) centered[i]! -= mean
  }
  return centered
}

/** How much samples differ from one another. */
export interface Diversity {
  /** Their mean pairwise distance. */
  readonly distance: number
  /** In how many directions they vary, see `effectiveRank`. */
  readonly rank: number
}

/** @param samples [count, d], row-major */
export function measureDiversity(samples: ArrayLike<number>, count: number): Diversity {
  return { distance: meanPairwiseDistance(samples, count), rank: effectiveRank(samples, count) }
}
