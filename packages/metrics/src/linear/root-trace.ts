import { tridiagonalInWasm } from './linear-module.ts'
import { pivotedCholesky } from './pivoted-cholesky.ts'
import { addProducts } from './products.ts'
import { type Tridiagonal, tridiagonal } from './tridiagonal.ts'
import { tridiagonalEigenvalues } from './tridiagonal-eigenvalues.ts'

/**
 * tr (A·B)^½ for two covariances, of any rank: with A = LLᵀ, A·B has the eigenvalues of the symmetric LᵀBL, which are
 * not negative, and the trace is the sum of their roots. Nothing is inverted, and no root of a matrix is taken.
 * @param a [size, size] @param b [size, size]
 */
export function rootTrace(a: Float64Array, b: Float64Array, size: number): number {
  const scale = maxMagnitude(a) * maxMagnitude(b)
  if (scale === 0) return 0
  const over = (numbers: Float64Array, by: number) => numbers.map(value => value / by)
  const [x, y] = [over(a, maxMagnitude(a)), over(b, maxMagnitude(b))]
  const eigenvalues = tridiagonalEigenvalues(tridiagonalInWasm(x, y, size) ?? tridiagonalInLoops(x, y, size))
  // Eigenvalues below 0 are rounding errors of 0.
  return Math.sqrt(scale) * eigenvalues.reduce((sum, value) => sum + Math.sqrt(Math.max(0, value)), 0)
}

/** The tridiagonal form of LᵀBL, where A = LLᵀ, in plain JavaScript. */
export function tridiagonalInLoops(a: Float64Array, b: Float64Array, size: number): Tridiagonal {
  const { rows, rank } = pivotedCholesky(a, size)
  const half = new Float64Array(rank * size)
  addProducts(rows, rank, b, size, size, half)
  const between = new Float64Array(rank * rank)
  addProducts(half, rank, rows, rank, size, between, true)
  return tridiagonal(between, rank)
}

function maxMagnitude(covariance: Float64Array): number {
  return covariance.reduce((max, value) => Math.max(max, Math.abs(value)), 0)
}
