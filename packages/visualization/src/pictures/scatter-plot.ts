import { checkInteger, checkOption, GankitError } from '@gankit/core'
import type { Picture } from './picture.ts'

export interface ScatterOptions {
  /** [n, dimensions], row-major. */
  readonly points: ArrayLike<number>
  /** 1: a histogram; 2: points in the plane, the second axis upwards. */
  readonly dimensions: number
  /**
   * Points to compare with, [m, dimensions], such as real samples: the picture then is RGB, with these in blue and
   * `points` in orange, and white where both are dense. Default: none.
   */
  readonly reference?: ArrayLike<number>
  /** Per dimension [min, max] of the axis. Default: of all points. */
  readonly extent?: readonly (readonly [number, number])[]
  /** Pixels a side. Default 256. */
  readonly size?: number
  /** Pixels a side of the squares in which points are counted; a divisor of `size`. Larger ones show few points. Default 1. */
  readonly dotSize?: number
}

/** Added up they give white. */
const pointColor = [255, 135, 30] as const
const referenceColor = [0, 120, 225] as const

/**
 * Draws the density of points: the more in a square of `dotSize`, the lighter, on a scale of logarithms; in one dimension a bar a
 * column. Points and reference each have their own scale, so that they may differ in number.
 * @returns a picture of size × size, gray, or RGB with a reference
 * @throws GankitError for other dimensions, no points, or points that are not finite
 */
export function scatterPlot({
  points,
  dimensions,
  reference,
  extent,
  size = 256,
  dotSize = 1,
}: ScatterOptions): Picture {
  checkInteger('visualization', 'size', size, 8, 4096)
  checkInteger('visualization', 'dotSize', dotSize, 1, size)
  checkOption('visualization', 'dotSize', dotSize, size % dotSize === 0, `a divisor of size (${size})`)
  checkPoints('points', points, dimensions)
  if (reference) checkPoints('reference', reference, dimensions)
  const sets = reference ? [points, reference] : [points]
  const ranges = extent ?? Array.from({ length: dimensions }, (_, axis) => findRange(sets, dimensions, axis))
  const draw = (set: ArrayLike<number>) =>
    enlarge(drawDensity(set, dimensions, ranges, size / dotSize), size / dotSize, dotSize)
  const levels = draw(points)
  if (!reference) return { width: size, height: size, channels: 1, data: levels }
  const others = draw(reference)
  const data = new Uint8ClampedArray(3 * size * size)
  for (let pixel = 0; pixel < size * size; pixel++)
    for (let c = 0; c < 3; c++)
      data[3 * pixel + c] = (levels[pixel]! * pointColor[c]! + others[pixel]! * referenceColor[c]!) / 255
  return { width: size, height: size, channels: 3, data: new Uint8Array(data.buffer) }
}

function checkPoints(name: string, points: ArrayLike<number>, dimensions: number): void {
  const count = points.length / dimensions
  if ((dimensions !== 1 && dimensions !== 2) || !Number.isInteger(count) || count === 0)
    throw new GankitError(
      'visualization',
      'option',
      `${name} has ${points.length} numbers in ${dimensions} dimensions, expected points in 1 or 2`,
    )
}

/** @returns [size, size], row-major, 0 to 255 */
function drawDensity(
  points: ArrayLike<number>,
  dimensions: number,
  ranges: readonly (readonly [number, number])[],
  size: number,
): Uint8Array {
  const columns = findPixels(points, dimensions, 0, ranges[0]!, size)
  const rows = dimensions === 2 ? findPixels(points, dimensions, 1, ranges[1]!, size) : undefined
  const counts = new Float64Array(rows ? size * size : size)
  for (let i = 0; i < columns.length; i++) {
    if (columns[i]! < 0 || (rows && rows[i]! < 0)) continue
    counts[rows ? (size - 1 - rows[i]!) * size + columns[i]! : columns[i]!]!++
  }
  const max = counts.reduce((a, b) => Math.max(a, b), 1)
  const levels = new Uint8Array(size * size)
  for (let y = 0; y < size; y++)
    for (let x = 0; x < size; x++)
      levels[y * size + x] = rows
        ? Math.round((255 * Math.log1p(counts[y * size + x]!)) / Math.log1p(max))
        : counts[x]! * size > (size - 1 - y) * max
          ? 255
          : 0
  return levels
}

/** Makes each of size × size levels a square of `factor` pixels a side. */
function enlarge(levels: Uint8Array, size: number, factor: number): Uint8Array {
  if (factor === 1) return levels
  const width = size * factor
  return Uint8Array.from({ length: width * width }, (_, pixel) => {
    const [x, y] = [pixel % width, Math.floor(pixel / width)]
    return levels[Math.floor(y / factor) * size + Math.floor(x / factor)]!
  })
}

/** The pixel of each point along one axis, or −1 outside. */
function findPixels(
  points: ArrayLike<number>,
  dimensions: number,
  axis: number,
  [min, max]: readonly [number, number],
  size: number,
): Int32Array {
  const scale = (size - 1) / (max - min || 1)
  return Int32Array.from({ length: points.length / dimensions }, (_, i) => {
    const pixel = Math.round((points[i * dimensions + axis]! - min) * scale)
    return pixel >= 0 && pixel < size ? pixel : -1
  })
}

/** The least and the greatest coordinate of several sets of points along one axis. */
function findRange(
  sets: readonly ArrayLike<number>[],
  dimensions: number,
  axis: number,
): [min: number, max: number] {
  let [min, max] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (const points of sets)
    for (let i = axis; i < points.length; i += dimensions) {
      const value = points[i]!
      if (!Number.isFinite(value))
        throw new GankitError(
          'visualization',
          'data',
          `point ${(i - axis) / dimensions} is ${value}, expected finite numbers: has training diverged?`,
        )
      min = Math.min(min, value)
      max = Math.max(max, value)
    }
  return [min, max]
}
