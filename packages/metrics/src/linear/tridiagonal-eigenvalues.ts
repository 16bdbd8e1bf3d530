import { GankitError } from '@gankit/core'
import type { Tridiagonal } from './tridiagonal.ts'

const maxIterations = 60

/**
 * The eigenvalues of a symmetric tridiagonal matrix, in no order, to about 2⁻⁵²·size of the greatest: implicit QL,
 * without vectors. Dubrulle, Martin and Wilkinson, "The implicit QL algorithm" (1968).
 * @param matrix overwritten
 */
export function tridiagonalEigenvalues({ diagonal: d, offDiagonal }: Tridiagonal): Float64Array {
  const size = d.length
  const e = new Float64Array(size)
  e.set(offDiagonal.subarray(1))
  for (let l = 0; l < size; l++)
    for (let iteration = 0; ; iteration++) {
      const end = nextGap(d, e, l)
      if (end === l) break
      if (iteration === maxIterations)
        throw new GankitError(
          'metrics',
          'data',
          `eigenvalues of a covariance are not found in ${maxIterations} iterations, expected them: look for features of very different scales`,
        )
      sweep(d, e, l, end)
    }
  return d
}

/** The first index from `l` on at which the matrix splits: where the coupling is lost in rounding. */
function nextGap(d: Float64Array, e: Float64Array, l: number): number {
  let m = l
  while (m < d.length - 1 && Math.abs(e[m]!) > 2 ** -53 * (Math.abs(d[m]!) + Math.abs(d[m + 1]!))) m++
  return m
}

/** One step of QL between l and m, shifted by an eigenvalue of the first two rows. */
function sweep(d: Float64Array, e: Float64Array, l: number, m: number): void {
  const ratio = (d[l + 1]! - d[l]!) / (2 * e[l]!)
  const root = Math.hypot(ratio, 1)
  let g = d[m]! - d[l]! + e[l]! / (ratio + (ratio < 0 ? -root : root))
  let sine = 1
  let cosine = 1
  let p = 0
  for (let i = m - 1; i >= l; i--) {
    const f = sine * e[i]!
    const b = cosine * e[i]!
    const r = Math.sqrt(f * f + g * g)
    e[i + 1] = r
    if (r === 0) {
      d[i + 1]! -= p
      e[m] = 0
      return
    }
    sine = f / r
    cosine = g / r
    g = d[i + 1]! - p
    const turned = (d[i]! - g) * sine + 2 * cosine * b
    p = sine * turned
    d[i + 1] = g + p
    g = cosine * turned - b
  }
  d[l]! -= p
  e[l] = g
  e[m] = 0
}
