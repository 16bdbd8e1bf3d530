import { toPoints } from '../features/feature-rows.ts'

/**
 * The Wasserstein distance of order 1 of two sets of numbers: the area between their distribution functions,
 * ∫|F(x) − G(x)| dx. Exact, for any two counts; in the samples' unit. Of n real samples it falls as 1/√n, never to 0.
 *
 * @param a at least one number, in any order
 * @param b as many or not
 * @throws GankitError for no numbers, or numbers that are not finite
 */
export function wasserstein1d(a: ArrayLike<number>, b: ArrayLike<number>): number {
  return lineDistance(sortAscending(a), sortAscending(b), 1)
}

function sortAscending(samples: ArrayLike<number>): Float64Array {
  return Float64Array.from(toPoints(samples, 1).values).sort()
}

/**
 * ∫|F⁻¹(u) − G⁻¹(u)|^order du, u from 0 to 1, of two sets of numbers with quantile functions F⁻¹ and G⁻¹: the Wasserstein
 * distance on a line to the power of its order. Both functions are steps, 1/n and 1/m wide; places are counted in 1/(n·m),
 * so that no step is lost to rounding.
 * @param a ascending @param b ascending
 */
export function lineDistance(a: Float64Array, b: Float64Array, order: 1 | 2): number {
  const [n, m] = [a.length, b.length]
  let sum = 0
  let place = 0
  for (let i = 0, j = 0; i < n && j < m; ) {
    const [endOfA, endOfB] = [(i + 1) * m, (j + 1) * n]
    const end = Math.min(endOfA, endOfB)
    const apart = Math.abs(a[i]! - b[j]!)
    sum += (end - place) * (order === 1 ? apart : apart * apart)
    place = end
    if (endOfA === end) i++
    if (endOfB === end) j++
  }
  return sum / (n * m)
}
