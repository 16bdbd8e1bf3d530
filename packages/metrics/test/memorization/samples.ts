import { randomStream } from '@gankit/core'
import type { FeatureRows } from '../../src/features/feature-rows.ts'

/** Numbers as rows. */
export function rows(values: ArrayLike<number>, size: number): FeatureRows {
  return { values: Float64Array.from(values), count: values.length / size, size }
}

/** Normal numbers in rows. */
export function normals(count: number, size: number, seed: number, std = 1): FeatureRows {
  return rows(randomStream(seed, 'test').normal(count * size, 0, std), size)
}
