import type { FeatureRows } from './feature-rows.ts'

/** Some of the samples, in the order given. */
export function takeRows({ values, size }: FeatureRows, chosen: Uint32Array): FeatureRows {
  const length = chosen.length * size
  const taken = values instanceof Float64Array ? new Float64Array(length) : new Float32Array(length)
  for (const [i, from] of chosen.entries())
    taken.set(values.subarray(from * size, (from + 1) * size), i * size)
  return { values: taken, count: chosen.length, size }
}
