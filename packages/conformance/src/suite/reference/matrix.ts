type Numbers = ArrayLike<number>

/** [rows, columns] → [columns, rows] */
export function transposed(matrix: Numbers, rows: number, columns: number): Float64Array {
  return Float64Array.from(
    { length: rows * columns },
    (_, i) => matrix[(i % rows) * columns + Math.floor(i / rows)]!,
  )
}

/** [m, k] · [k, n] */
export function product(a: Numbers, b: Numbers, m: number, k: number, n: number): Float64Array {
  const result = new Float64Array(m * n)
  for (let i = 0; i < m; i++)
    for (let l = 0; l < k; l++) {
      const value = a[i * k + l]!
      for (let j = 0; j < n; j++) result[i * n + j]! += value * b[l * n + j]!
    }
  return result
}

/** Σ over the rows of [rows, columns] → [columns] */
export function columnSums(matrix: Numbers, columns: number): Float64Array {
  const sums = new Float64Array(columns)
  for (let i = 0; i < matrix.length; i++) sums[i % columns]! += matrix[i]!
  return sums
}
