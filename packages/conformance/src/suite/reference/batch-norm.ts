import { columnSums } from './matrix.ts'

type Numbers = ArrayLike<number>

/** Mean and biased variance of each column of [rows, c]. */
export function statistics(x: Numbers, c: number): { mean: Float64Array; variance: Float64Array } {
  const rows = x.length / c
  const mean = columnSums(x, c).map(sum => sum / rows)
  const squares = Float64Array.from({ length: x.length }, (_, i) => (x[i]! - mean[i % c]!) ** 2)
  return { mean, variance: columnSums(squares, c).map(sum => sum / rows) }
}

/** γ·(x − mean) / √(variance + ε) + β over the rows of [rows, c]. */
export function batchNorm(x: Numbers, gamma: Numbers, beta: Numbers, epsilon: number): Float64Array {
  const c = gamma.length
  const { mean, variance } = statistics(x, c)
  return Float64Array.from({ length: x.length }, (_, i) => {
    const k = i % c
    return (gamma[k]! * (x[i]! - mean[k]!)) / Math.sqrt(variance[k]! + epsilon) + beta[k]!
  })
}
