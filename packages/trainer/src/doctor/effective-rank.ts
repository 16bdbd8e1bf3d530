import { rowSize } from './rows.ts'

/**
 * In how many directions samples really vary: the participation ratio (Σλ)²/Σλ² of the eigenvalues λ of their
 * covariance. 1 where all lie on a line, d where they vary alike in d directions, 0 where all are equal.
 *
 * Σλ and Σλ² are the trace and the squared Frobenius norm of the Gram matrix of the centred samples, so no eigenvalue
 * is computed, and the cost is count²·d/2 whatever d is.
 * @param samples [count, d], row-major
 * @throws GankitError when the numbers are not `count` rows
 */
export function effectiveRank(samples: ArrayLike<number>, count: number): number {
  const size = rowSize(samples, count)
  const centred = centre(samples, count, size)
  let [trace, squares] = [0, 0]
  for (let i = 0; i < count; i++)
    for (let j = 0; j <= i; j++) {
      let dot = 0
      for (let a = i * size, b = j * size, end = a + size; a < end; a++, b++) dot += centred[a]! * centred[b]!
      if (i === j) trace += dot
      squares += (i === j ? 1 : 2) * dot * dot
    }
  return trace === 0 ? 0 : trace ** 2 / squares
}

function centre(samples: ArrayLike<number>, count: number, size: number): Float64Array {
  const centred = Float64Array.from(samples)
  for (let k = 0; k < size; k++) {
    let sum = 0
    for (let i = k; i < centred.length; i += size) sum += centred[i]!
    // Equal samples stay exactly equal: the sum of equal numbers need not divide back to them.
    const mean = centred[k]! + (sum - count * centred[k]!) / count
    for (let i = k; i < centred.length; i += size) centred[i]! -= mean
  }
  return centred
}
