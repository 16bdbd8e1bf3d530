import { lineDistance } from '../line-distance.ts'
import { pointsOf } from './points.ts'

/**
 * The Wasserstein distance of order 1 of two sets of numbers: the area between their distribution functions,
 * ∫|F(x) − G(x)| dx. Exact, for any two counts; in the samples' unit. Of n real samples it falls as 1/√n, never to 0.
 *
 * @param a at least one number, in any order
 * @param b as many or not
 * @throws GankitError for none, or numbers that are not finite
 */
export function wasserstein1d(a: ArrayLike<number>, b: ArrayLike<number>): number {
  return lineDistance(ascending(a), ascending(b), 1)
}

function ascending(samples: ArrayLike<number>): Float64Array {
  return Float64Array.from(pointsOf(samples, 1).values).sort()
}
