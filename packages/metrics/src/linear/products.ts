type Numbers = Float32Array | Float64Array

/**
 * out += left·rightᵀ, all inner products of rows, in float64: left [rows, size], right [columns, size], out [rows,
 * columns].
 *
 * Two rows meet four at a time: each number that is loaded is used several times, and the eight sums and six numbers
 * stay in the sixteen registers of a processor, which makes it several times as fast as one product after another.
 * @param lower whether only the numbers on and below the diagonal must be right: for left = right, or a symmetric result
 */
export function addProducts(
  left: Numbers,
  rows: number,
  right: Numbers,
  columns: number,
  size: number,
  out: Float64Array,
  lower = false,
): void {
  // Float64Array alone: the innermost loop gets half as fast once it has seen both types.
  const a = toDoubles(left)
  const b = right === left ? a : toDoubles(right)
  const evenRows = rows - (rows % 2)
  for (let i = 0; i < evenRows; i += 2) {
    const wanted = lower ? Math.min(columns, i + 2) : columns
    const tiled = lower
      ? Math.min(columns - (columns % 4), Math.ceil(wanted / 4) * 4)
      : columns - (columns % 4)
    for (let j = 0; j < tiled; j += 4) addTile(a, i, b, j, size, out, columns)
    for (let j = tiled; j < wanted; j++) {
      out[i * columns + j]! += product(a, i, b, j, size)
      out[(i + 1) * columns + j]! += product(a, i + 1, b, j, size)
    }
  }
  if (evenRows === rows) return
  for (let j = 0; j < columns; j++) out[evenRows * columns + j]! += product(a, evenRows, b, j, size)
}

function toDoubles(numbers: Numbers): Float64Array {
  return numbers instanceof Float64Array ? numbers : Float64Array.from(numbers)
}

function addTile(
  a: Float64Array,
  row: number,
  b: Float64Array,
  column: number,
  size: number,
  out: Float64Array,
  columns: number,
): void {
  const a0 = row * size
  const a1 = a0 + size
  const b0 = column * size
  const b1 = b0 + size
  const b2 = b1 + size
  const b3 = b2 + size
  let [s00, s01, s02, s03, s10, s11, s12, s13] = [0, 0, 0, 0, 0, 0, 0, 0]
  for (let k = 0; k < size; k++) {
    const x = a[a0 + k]!
    const y = a[a1 + k]!
    const p = b[b0 + k]!
    const q = b[b1 + k]!
    const r = b[b2 + k]!
    const s = b[b3 + k]!
    s00 += x * p
    s01 += x * q
    s02 += x * r
    s03 += x * s
    s10 += y * p
    s11 += y * q
    s12 += y * r
    s13 += y * s
  }
  const at = row * columns + column
  out[at]! += s00
  out[at + 1]! += s01
  out[at + 2]! += s02
  out[at + 3]! += s03
  out[at + columns]! += s10
  out[at + columns + 1]! += s11
  out[at + columns + 2]! += s12
  out[at + columns + 3]! += s13
}

function product(a: Float64Array, row: number, b: Float64Array, column: number, size: number): number {
  let sum = 0
  for (let k = 0; k < size; k++) sum += a[row * size + k]! * b[column * size + k]!
  return sum
}
