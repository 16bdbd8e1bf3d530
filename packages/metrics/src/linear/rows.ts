import type { FeatureRows } from '../features/feature-rows.ts'

/** Samples about a common center: products of these in float32 lose fewer digits than products of the features. */
export interface Rows {
  readonly count: number
  readonly size: number
  /** [count, size], the differences from the center. */
  readonly values: Float64Array
  /** `values` divided by `scale`, so that float32 neither overflows nor underflows. */
  readonly rounded: Float32Array
  readonly scale: number
  /** [count], squared lengths of `values`. */
  readonly squares: Float64Array
}

/** The mean sample. @returns [size] */
export function computeCenter({ values, count, size }: FeatureRows): Float64Array {
  const center = new Float64Array(size)
  for (let i = 0; i < values.length; i++) center[i % size]! += values[i]! / count
  return center
}

/** Both sets about the mean of the first, with one scale: a power of two, so that dividing by it rounds nothing. */
export function centerRows(first: FeatureRows, second: FeatureRows): readonly [Rows, Rows] {
  const center = computeCenter(first)
  const [a, b] = [subtractCenter(first, center), subtractCenter(second, center)]
  let max = 0
  for (const values of [a, b]) for (const value of values) max = Math.max(max, Math.abs(value))
  const scale = max === 0 ? 1 : 2 ** Math.floor(Math.log2(max))
  return [createRows(a, first, scale), createRows(b, second, scale)]
}

function subtractCenter({ values, size }: FeatureRows, center: Float64Array): Float64Array {
  const out = new Float64Array(values.length)
  for (let i = 0; i < out.length; i++) out[i] = values[i]! - center[i % size]!
  return out
}

function createRows(values: Float64Array, { count, size }: FeatureRows, scale: number): Rows {
  const squares = new Float64Array(count)
  const rounded = new Float32Array(values.length)
  for (let i = 0; i < values.length; i++) {
    rounded[i] = values[i]! / scale
    squares[Math.floor(i / size)]! += values[i]! ** 2
  }
  return { count, size, values, rounded, scale, squares }
}

/** The rows at the indices `chosen`, in that order; a copy. */
export function selectRows(rows: Rows, chosen: Uint32Array): Rows {
  const { size, scale } = rows
  const values = new Float64Array(chosen.length * size)
  const rounded = new Float32Array(values.length)
  const squares = new Float64Array(chosen.length)
  for (const [i, from] of chosen.entries()) {
    values.set(rows.values.subarray(from * size, (from + 1) * size), i * size)
    rounded.set(rows.rounded.subarray(from * size, (from + 1) * size), i * size)
    squares[i] = rows.squares[from]!
  }
  return { count: chosen.length, size, values, rounded, scale, squares }
}

/** The first `count` rows; views, not copies. */
export function firstRows(rows: Rows, count: number): Rows {
  const length = count * rows.size
  return {
    ...rows,
    count,
    values: rows.values.subarray(0, length),
    rounded: rows.rounded.subarray(0, length),
    squares: rows.squares.subarray(0, count),
  }
}
