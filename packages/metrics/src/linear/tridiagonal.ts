/** A symmetric matrix of a diagonal and one beside it: offDiagonal[i] couples i − 1 and i. */
export interface Tridiagonal {
  readonly diagonal: Float64Array
  readonly offDiagonal: Float64Array
}

/**
 * Householder's reduction of a symmetric matrix to a tridiagonal one of the same eigenvalues, row after row from the
 * last, 4/3·size³ operations. Martin, Reinsch and Wilkinson, "Householder's tridiagonalization of a symmetric matrix"
 * (1968). Only the lower triangle is read, and it is overwritten.
 * @param matrix [size, size], row-major
 */
export function tridiagonal(matrix: Float64Array, size: number): Tridiagonal {
  const diagonal = new Float64Array(size)
  const offDiagonal = new Float64Array(size)
  const image = new Float64Array(size)
  for (let i = size - 1; i > 0; i--) {
    const row = matrix.subarray(i * size, i * size + i)
    diagonal[i] = matrix[i * size + i]!
    const last = row[i - 1]!
    let others = 0
    for (let j = 0; j < i - 1; j++) others += row[j]! ** 2
    if (others === 0) {
      offDiagonal[i] = last
      continue
    }
    const length = Math.sqrt(others + last * last)
    offDiagonal[i] = last > 0 ? -length : length
    row[i - 1] = last - offDiagonal[i]!
    reflect(matrix, size, row, length * (length + Math.abs(last)), image)
  }
  diagonal[0] = matrix[0] ?? 0
  return { diagonal, offDiagonal }
}

/** Both sides of the block before a row times I − vvᵀ/half, with v the row: block −= v·qᵀ + q·vᵀ. */
function reflect(matrix: Float64Array, size: number, v: Float64Array, half: number, q: Float64Array): void {
  const count = v.length
  multiply(matrix, size, v, q)
  let overlap = 0
  for (let r = 0; r < count; r++) overlap += q[r]! * v[r]!
  const share = overlap / (2 * half * half)
  for (let r = 0; r < count; r++) q[r] = q[r]! / half - share * v[r]!
  for (let r = 0; r < count; r++) {
    const from = r * size
    const vr = v[r]!
    const qr = q[r]!
    for (let c = 0; c <= r; c++) matrix[from + c]! -= vr * q[c]! + qr * v[c]!
  }
}

/** q = block·v by the lower triangle, two rows at a time: that reads and writes q and v half as often. */
function multiply(matrix: Float64Array, size: number, v: Float64Array, q: Float64Array): void {
  const count = v.length
  const odd = count % 2
  if (odd === 1) q[0] = matrix[0]! * v[0]!
  for (let r = odd; r < count; r += 2) {
    const upper = r * size
    const lower = upper + size
    const v0 = v[r]!
    const v1 = v[r + 1]!
    let [sum0, sum1] = [0, 0]
    for (let c = 0; c < r; c++) {
      const above = matrix[upper + c]!
      const below = matrix[lower + c]!
      sum0 += above * v[c]!
      sum1 += below * v[c]!
      q[c]! += above * v0 + below * v1
    }
    const between = matrix[lower + r]!
    q[r] = sum0 + matrix[upper + r]! * v0 + between * v1
    q[r + 1] = sum1 + between * v0 + matrix[lower + r + 1]! * v1
  }
}
