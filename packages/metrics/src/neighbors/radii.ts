import type { FeatureRows } from '../features/feature-rows.ts'
import type { FastProducts } from '../linear/fast-products.ts'
import type { Rows } from '../linear/rows.ts'
import { distanceBounds, squaredDistance } from './squared-distances.ts'

/**
 * Squared distances of each sample from its kth nearest other one, in float64, for each k. Bounds from fast products
 * exclude most samples; only the distances of the others are computed.
 * @returns one [count] for each of `ks`
 */
export async function squaredRadii(
  features: FeatureRows,
  rows: Rows,
  products: FastProducts,
  ks: readonly number[],
): Promise<Float64Array[]> {
  const radii = ks.map(() => new Float64Array(features.count))
  const nearest = new Float64Array(Math.max(...ks))
  for await (const { row, lower, upper } of distanceBounds(rows, rows, products)) {
    // The kth nearest is no farther than the kth smallest of the upper bounds.
    nearest.fill(Number.POSITIVE_INFINITY)
    for (let j = 0; j < upper.length; j++)
      if (upper[j]! < nearest[nearest.length - 1]! && j !== row) insert(nearest, upper[j]!)
    const farthest = nearest[nearest.length - 1]!
    nearest.fill(Number.POSITIVE_INFINITY)
    for (let j = 0; j < lower.length; j++) {
      if (lower[j]! > farthest || j === row) continue
      const distance = squaredDistance(features, row, features, j)
      if (distance < nearest[nearest.length - 1]!) insert(nearest, distance)
    }
    for (const [i, k] of ks.entries()) radii[i]![row] = nearest[k - 1]!
  }
  return radii
}

/** Inserts a number into ascending ones, dropping the last. */
function insert(ascending: Float64Array, value: number): void {
  let at = ascending.length - 1
  for (; at > 0 && ascending[at - 1]! > value; at--) ascending[at] = ascending[at - 1]!
  ascending[at] = value
}
