import { GankitError } from '@gankit/core'

/** One line of a plot: a value for each x. A value that is not finite is a gap. */
export interface Series {
  readonly name: string
  /** Finite, none less than the one before. */
  readonly x: ArrayLike<number>
  readonly y: ArrayLike<number>
}

/** What is seen of some series: the first and the last x, the least and the greatest value. */
export interface Extent {
  readonly x: readonly [first: number, last: number]
  readonly y: readonly [least: number, greatest: number]
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
 * How far series reach, over the values that can be drawn.
 * @returns undefined where there is none
 */
export function extentOf(series: readonly Series[], log = false): Extent | undefined {
  let [first, last] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  let [least, greatest] = [first, last]
  for (const { x, y } of series)
    for (let i = 0; i < x.length; i++) {
      first = Math.min(first, x[i]!)
      last = Math.max(last, x[i]!)
      if (!isDrawn(y[i]!, log)) continue
      least = Math.min(least, y[i]!)
      greatest = Math.max(greatest, y[i]!)
    }
  return least <= greatest ? { x: [first, last], y: [least, greatest] } : undefined
}
