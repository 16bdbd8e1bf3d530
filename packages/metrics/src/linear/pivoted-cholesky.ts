/**
 * Rows l₀, l₁ … with Σ = Σₖ lₖᵀlₖ, by Cholesky's method with the greatest remaining variance first. It ends where the
 * remaining variances are rounding errors (size·2⁻⁵²·the greatest variance), so a covariance of rank r gives r rows.
 * Higham, "Accuracy and Stability of Numerical Algorithms" (2002), section 10.3.
 * @param covariance [size, size], symmetric, positive semidefinite
 * @returns rows [rank, size]
 */
export function pivotedCholesky(
  covariance: Float64Array,
  size: number,
): { readonly rows: Float64Array; readonly rank: number } {
  const rows = new Float64Array(size * size)
  const left = Float64Array.from({ length: size }, (_, i) => covariance[i * size + i]!)
  const negligible = size * 2 ** -52 * left.reduce((max, variance) => Math.max(max, variance), 0)
  for (let rank = 0; rank < size; rank++) {
    const pivot = left.indexOf(left.reduce((max, variance) => Math.max(max, variance), 0))
    if (pivot < 0 || !(left[pivot]! > negligible)) return { rows: rows.slice(0, rank * size), rank }
    const row = rows.subarray(rank * size, (rank + 1) * size)
    row.set(covariance.subarray(pivot * size, (pivot + 1) * size))
    subtractEarlierRows(rows, rank, row, pivot)
    const root = Math.sqrt(left[pivot]!)
    for (let j = 0; j < size; j++) {
      // Earlier pivots have no variance left; their numbers here are rounding errors.
      row[j] = left[j]! > 0 ? row[j]! / root : 0
      left[j]! -= row[j]! ** 2
    }
    row[pivot] = root
    left[pivot] = 0
  }
  return { rows, rank: size }
}

/** Subtracts from a row its part in the earlier rows; four at a time, so that it is read and written a quarter as often. */
function subtractEarlierRows(rows: Float64Array, rank: number, row: Float64Array, pivot: number): void {
  const size = row.length
  const fours = rank - (rank % 4)
  for (let earlier = 0; earlier < fours; earlier += 4) {
    const [a, b, c, d] = [earlier * size, (earlier + 1) * size, (earlier + 2) * size, (earlier + 3) * size]
    const [p, q, r, s] = [rows[a + pivot]!, rows[b + pivot]!, rows[c + pivot]!, rows[d + pivot]!]
    for (let j = 0; j < size; j++)
      row[j]! -= p * rows[a + j]! + q * rows[b + j]! + r * rows[c + j]! + s * rows[d + j]!
  }
  for (let earlier = fours; earlier < rank; earlier++) {
    const factor = rows[earlier * size + pivot]!
    for (let j = 0; j < size; j++) row[j]! -= factor * rows[earlier * size + j]!
  }
}
