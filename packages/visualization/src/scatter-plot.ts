import { GankitError } from '@gankit/core'
import { checkWholeNumber } from './options.ts'
import type { Picture } from './picture.ts'

export interface ScatterOptions {
  /** [n, dimensions], row-major. */
  readonly points: ArrayLike<number>
  /** 1: a histogram; 2: points in the plane, the second axis upwards. */
  readonly dimensions: number
  /** Per dimension [least, greatest] of what is shown. Default: of the points. */
  readonly extent?: readonly (readonly [number, number])[]
  /** Pixels a side. Default 256. */
  readonly size?: number
}

/**
 * Where points are: the more in a pixel, the lighter, on a scale of logarithms; in one dimension a bar a column.
 * @returns a grey picture of size × size
 * @throws GankitError for other dimensions, no points, or points that are not finite
 */
export function scatterPlot({ points, dimensions, extent, size = 256 }: ScatterOptions): Picture {
  checkWholeNumber('size', size, 8, 4096)
  const count = points.length / dimensions
  if ((dimensions !== 1 && dimensions !== 2) || !Number.isInteger(count) || count === 0)
    throw new GankitError(
      'visualization',
      'option',
      `points has ${points.length} numbers in ${dimensions} dimensions, expected points in 1 or 2`,
    )
  const ranges = extent ?? Array.from({ length: dimensions }, (_, axis) => rangeOf(points, dimensions, axis))
  const columns = places(points, dimensions, 0, ranges[0]!, size)
  const rows = dimensions === 2 ? places(points, dimensions, 1, ranges[1]!, size) : undefined
  const counts = new Float64Array(rows ? size * size : size)
  for (let i = 0; i < count; i++) {
    if (columns[i]! < 0 || (rows && rows[i]! < 0)) continue
    counts[rows ? (size - 1 - rows[i]!) * size + columns[i]! : columns[i]!]!++
  }
  const most = counts.reduce((a, b) => Math.max(a, b), 1)
  const data = new Uint8Array(size * size)
  for (let y = 0; y < size; y++)
    for (let x = 0; x < size; x++)
      data[y * size + x] = rows
        ? Math.round((255 * Math.log1p(counts[y * size + x]!)) / Math.log1p(most))
        : counts[x]! * size > (size - 1 - y) * most
          ? 255
          : 0
  return { width: size, height: size, channels: 1, data }
}

/** The pixel of each point along one axis, or −1 outside. */
function places(
  points: ArrayLike<number>,
  dimensions: number,
  axis: number,
  [least, greatest]: readonly [number, number],
  size: number,
): Int32Array {
  const scale = (size - 1) / (greatest - least || 1)
  return Int32Array.from({ length: points.length / dimensions }, (_, i) => {
    const place = Math.round((points[i * dimensions + axis]! - least) * scale)
    return place >= 0 && place < size ? place : -1
  })
}

function rangeOf(points: ArrayLike<number>, dimensions: number, axis: number): [number, number] {
  let [least, greatest] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (let i = axis; i < points.length; i += dimensions) {
    const value = points[i]!
    if (!Number.isFinite(value))
      throw new GankitError(
        'visualization',
        'data',
        `point ${(i - axis) / dimensions} is ${value}, expected numbers`,
      )
    least = Math.min(least, value)
    greatest = Math.max(greatest, value)
  }
  return [least, greatest]
}
