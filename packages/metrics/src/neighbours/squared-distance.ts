import type { FeatureRows } from '../feature-rows.ts'

/** ‖x − y‖² in float64, of row i and row j; the same both ways round, to the last bit. */
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
