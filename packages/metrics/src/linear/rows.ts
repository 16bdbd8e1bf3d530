import type { FeatureRows } from '../feature-rows.ts'

/** Samples about a common centre: a backend's products of these lose fewer digits than those of the features. */
export interface Rows {
  readonly count: number
  readonly size: number
  /** [count, size], the differences from the centre. */
  readonly values: Float64Array
  /** The same over `scale`, so that float32 neither overflows nor vanishes. */
  readonly rounded: Float32Array
  readonly scale: number
  /** [count], squared lengths of `values`. */
  readonly squares: Float64Array
}

/** The mean sample. @returns [size] */
export function centreOf({ values, count, size }: FeatureRows): Float64Array {
  const centre = new Float64Array(size)
  for (let i = 0; i < values.length; i++) centre[i % size]! += values[i]! / count
  return centre
}

/** Both about the mean of the first, over one scale: a power of two, so that dividing by it rounds nothing. */
export function centredRows(first: FeatureRows, second: FeatureRows): readonly [Rows, Rows] {
  const centre = centreOf(first)
  const [a, b] = [apart(first, centre), apart(second, centre)]
  let most = 0
  for (const values of [a, b]) for (const value of values) most = Math.max(most, Math.abs(value))
  const scale = most === 0 ? 1 : 2 ** Math.floor(Math.log2(most))
  return [rowsOf(a, first, scale), rowsOf(b, second, scale)]
}

function apart({ values, size }: FeatureRows, centre: Float64Array): Float64Array {
  const out = new Float64Array(values.length)
  for (let i = 0; i < out.length; i++) out[i] = values[i]! - centre[i % size]!
  return out
}

function rowsOf(values: Float64Array, { count, size }: FeatureRows, scale: number): Rows {
  const squares = new Float64Array(count)
  const rounded = new Float32Array(values.length)
  for (let i = 0; i < values.length; i++) {
    rounded[i] = values[i]! / scale
    squares[Math.floor(i / size)]! += values[i]! ** 2
  }
  return { count, size, values, rounded, scale, squares }
}

/** Some of the rows, in the order given. */
export function chosenRows(rows: Rows, chosen: Uint32Array): Rows {
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

/** The rows up to `count`; no copy. */
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
