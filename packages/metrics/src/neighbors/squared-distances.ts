import { yieldToHost } from '@gankit/core'
import type { FeatureRows } from '../features/feature-rows.ts'
import type { FastProducts } from '../linear/fast-products.ts'
import type { Rows } from '../linear/rows.ts'

/** Bounds of ‖x − y‖² for one x and every y, from fast products and their error. */
interface DistanceBounds {
  /** Row of the first set. */
  readonly row: number
  readonly lower: Float64Array
  readonly upper: Float64Array
}

/** Products that are held at once. */
const blockSize = 2 ** 19

/**
 * Squared distances of every row of `a` from all of `b`, row by row, as bounds. ‖x − y‖² = ‖x‖² + ‖y‖² − 2x·y, where
 * the product may be off by error·|x|·|y|, and the rest by float64's rounding. The arrays are reused for the next row, and
 * the host gets its turn after each block.
 */
export async function* distanceBounds(
  a: Rows,
  b: Rows,
  products: FastProducts,
): AsyncGenerator<DistanceBounds> {
  const rowsAtOnce = Math.max(1, Math.floor(blockSize / b.count))
  const [lower, upper] = [new Float64Array(b.count), new Float64Array(b.count)]
  const lengths = b.squares.map(Math.sqrt)
  for (let from = 0; from < a.count; from += rowsAtOnce) {
    const count = Math.min(rowsAtOnce, a.count - from)
    await yieldToHost()
    const block = await products.of(a, from, count, b)
    for (let i = 0; i < count; i++) {
      const row = from + i
      const square = a.squares[row]!
      const slack = 2 * products.error * Math.sqrt(square)
      for (let j = 0; j < b.count; j++) {
        const sum = square + b.squares[j]!
        const middle = sum - 2 * products.scale * block[i * b.count + j]!
        const off = slack * lengths[j]! + (b.size + 8) * 2 ** -52 * sum
        lower[j] = middle - off
        upper[j] = middle + off
      }
      yield { row, lower, upper }
    }
  }
}

/** ‖x − y‖² in float64, of row i of `a` and row j of `b`; symmetric to the last bit. */
export function squaredDistance(a: FeatureRows, i: number, b: FeatureRows, j: number): number {
  const { size } = a
  const [x, y] = [a.values, b.values]
  const [fromX, fromY] = [i * size, j * size]
  let sum = 0
  for (let k = 0; k < size; k++) {
    const apart = x[fromX + k]! - y[fromY + k]!
    sum += apart * apart
  }
  return sum
}
