import { rowSize } from './rows.ts'

export interface NearestOptions {
  /** Whether sample i is also row i of the others, and not its own neighbour. Default false. */
  readonly themselves?: boolean
  /** How far is looked; nearer neighbours alone cost much less. Default: any distance. */
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
    // Whether it is enough is asked once in so many numbers: more often costs more than it saves.
    const end = Math.min(size, k + 32)
    for (; k < end; k++) {
      const difference = a[aFrom + k]! - b[bFrom + k]!
      sum += difference * difference
    }
  }
  return sum
}
