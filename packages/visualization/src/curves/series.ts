import { GankitError } from '@gankit/core'

/** One line of a plot: a value for each x. A value that is not finite is a gap. */
export interface Series {
  readonly name: string
  /** Finite, none less than the one before. */
  readonly x: ArrayLike<number>
  readonly y: ArrayLike<number>
}

/** The ranges that some series cover. */
export interface Extent {
  readonly x: readonly [first: number, last: number]
  readonly y: readonly [min: number, max: number]
}

/** @throws GankitError for x and y of different lengths, and for an x that is not finite or less than the one before */
export function checkSeries(series: readonly Series[]): void {
  for (const { name, x, y } of series) {
    const fault = (what: string) =>
      new GankitError('visualization', 'data', `series '${name}' ${what}, expected a value for each rising x`)
    if (x.length !== y.length) throw fault(`has ${x.length} x and ${y.length} y`)
    for (let i = 0; i < x.length; i++)
      if (!Number.isFinite(x[i]!) || x[i]! < x[Math.max(0, i - 1)]!) throw fault(`has x ${x[i]} at ${i}`)
  }
}

/** Whether a value can be drawn; a logarithmic axis has no place for 0 and below. */
export function isDrawn(value: number, log: boolean): boolean {
  return Number.isFinite(value) && (!log || value > 0)
}

/**
 * The ranges of x and y that series cover, over the values that can be drawn.
 * @returns undefined if no value can be drawn
 */
export function findExtent(series: readonly Series[], log = false): Extent | undefined {
  let [first, last] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  let [min, max] = [first, last]
  for (const { x, y } of series)
    for (let i = 0; i < x.length; i++) {
      first = Math.min(first, x[i]!)
      last = Math.max(last, x[i]!)
      if (!isDrawn(y[i]!, log)) continue
      min = Math.min(min, y[i]!)
      max = Math.max(max, y[i]!)
    }
  return min <= max ? { x: [first, last], y: [min, max] } : undefined
}

/**
 * Reduces a series to fewer points that draw the same line: the first, the last, the least and the greatest value of each
 * column of pixels. A column without any value stays a gap.
 * @param columns of pixels that the line has
 */
export function thinSeries(series: Series, columns: number): Series {
  const { name, x, y } = series
  const count = x.length
  if (count <= 4 * columns) return series
  const width = (x[count - 1]! - x[0]!) / columns || 1
  const kept: number[] = []
  for (let from = 0; from < count; ) {
    const end = x[0]! + width * (Math.floor((x[from]! - x[0]!) / width) + 1)
    let to = from + 1
    while (to < count && x[to]! < end) to++
    kept.push(...pickPoints(y, from, to))
    from = to
  }
  return { name, x: kept.map(i => x[i]!), y: kept.map(i => y[i]!) }
}

function pickPoints(y: ArrayLike<number>, from: number, to: number): number[] {
  let [first, last, least, greatest] = [-1, -1, -1, -1]
  for (let i = from; i < to; i++) {
    if (!Number.isFinite(y[i]!)) continue
    if (first < 0) first = least = greatest = i
    last = i
    if (y[i]! < y[least]!) least = i
    if (y[i]! > y[greatest]!) greatest = i
  }
  return first < 0 ? [from] : [...new Set([first, least, greatest, last])].sort((a, b) => a - b)
}

/** Positive values further apart than this are shown on a logarithmic axis. */
const maxLinearRatio = 100

/** Whether curves of one plot need a logarithmic axis: they are positive, and their values far apart. */
export function needsLogAxis(curves: readonly ArrayLike<number>[]): boolean {
  let [min, max] = [Number.POSITIVE_INFINITY, 0]
  for (const values of curves)
    for (let i = 0; i < values.length; i++) {
      if (!Number.isFinite(values[i])) continue
      min = Math.min(min, values[i]!)
      max = Math.max(max, values[i]!)
    }
  return min > 0 && max / min > maxLinearRatio
}
