import { pivotedCholesky } from './pivoted-cholesky.ts'
import { addProducts } from './products.ts'
import { symmetricEigenvalues } from './symmetric-eigenvalues.ts'

/**
 * tr (A·B)^½ for two covariances, of any rank: with A = LLᵀ, A·B has the eigenvalues of the symmetric LᵀBL, which are
 * not negative, and the trace is the sum of their roots. Nothing is inverted, and no root of a matrix is taken.
 * @param a [size, size] @param b [size, size]
 */
export function rootTrace(a: Float64Array, b: Float64Array, size: number): number {
  const scale = greatest(a) * greatest(b)
  if (scale === 0) return 0
  const { rows, rank } = pivotedCholesky(a, size)
  const half = new Float64Array(rank * size)
  addProducts(rows, rank, b, size, size, half)
  const between = new Float64Array(rank * rank)
  addProducts(half, rank, rows, rank, size, between, true)
  for (let i = 0; i < between.length; i++) between[i]! /= scale
  // Those below 0 are 0 but for rounding.
  const eigenvalues = symmetricEigenvalues(between, rank)
  return Math.sqrt(scale) * eigenvalues.reduce((sum, value) => sum + Math.sqrt(Math.max(0, value)), 0)
}

function greatest(covariance: Float64Array): number {
  return covariance.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
}
