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

/** The same for each of n images [rows, c], with γ and β [n, c]. */
export function instanceNorm(
  x: Numbers,
  gamma: Numbers,
  beta: Numbers,
  epsilon: number,
  n: number,
): Float64Array {
  return Float64Array.from(
    splitImages(n, x, gamma, beta).flatMap(([x, gamma, beta]) => [...batchNorm(x!, gamma!, beta!, epsilon)]),
  )
}

/** The parts of several tables that belong to each of n images. */
export function splitImages(n: number, ...tables: readonly Numbers[]): Float64Array[][] {
  return Array.from({ length: n }, (_, image) =>
    tables.map(table => {
      const size = table.length / n
      return Float64Array.from({ length: size }, (_, i) => table[image * size + i]!)
    }),
  )
}
