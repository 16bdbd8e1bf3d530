import { type Distribution, sizeOfShape } from '@gankit/core'
import type { FeatureRows } from '../features/feature-rows.ts'

/** A distribution's extent divided into cells of one size. One more cell, the last, is everything outside. */
export interface Cells {
  readonly extent: Distribution['extent']
  /** Cells per axis. */
  readonly sides: readonly number[]
  /** All cells, the outside included. */
  readonly count: number
}

const maxPerAxis = 400
const minPerAxis = 50

/**
 * Cells as wide as the standard deviation of the modes, if there are any, so that a mode isn't blurred; from 50 to 400 per
 * axis.
 * @param bins cells per axis, in place of that number
 */
export function divideIntoCells({ extent, modes }: Distribution, bins?: number): Cells {
  const sides = extent.map(([min, max]) => {
    const fine = modes ? Math.round((max - min) / modes.std) : 0
    return bins ?? Math.min(maxPerAxis, Math.max(minPerAxis, fine))
  })
  return { extent, sides, count: sizeOfShape(sides) + 1 }
}

/** The share of samples in each cell, [cells]. */
export function countShares(
  { values, count, size }: FeatureRows,
  { extent, sides, count: cells }: Cells,
): Float64Array {
  const shares = new Float64Array(cells)
  for (let i = 0; i < count; i++) {
    let cell = 0
    for (let axis = 0; axis < size && cell < cells - 1; axis++) {
      const [min, max] = extent[axis]!
      const place = Math.floor(((values[i * size + axis]! - min) / (max - min)) * sides[axis]!)
      cell = place >= 0 && place < sides[axis]! ? cell * sides[axis]! + place : cells - 1
    }
    shares[cell]! += 1 / count
  }
  return shares
}

/** Gauss and Legendre's rule of three points on each of `parts` equal parts of [0, 1]. */
function gaussRule(parts: number): { readonly at: number; readonly weight: number }[] {
  const reach = Math.sqrt(0.15)
  return Array.from({ length: parts }, (_, part) => [
    { at: (part + 0.5 - reach) / parts, weight: 5 / 18 / parts },
    { at: (part + 0.5) / parts, weight: 4 / 9 / parts },
    { at: (part + 0.5 + reach) / parts, weight: 5 / 18 / parts },
  ]).flat()
}

/**
 * The share of the distribution in each cell: the integral of its density; the last cell, outside, has the remainder. Off
 * by less than 1e−4 of a cell's share where the density is smooth over a cell; on a line by a fiftieth of it where the
 * density jumps.
 */
export function integrateShares(density: NonNullable<Distribution['density']>, cells: Cells): Float64Array {
  const { extent, sides, count } = cells
  const shares = new Float64Array(count)
  // More parts cost little on a line; in the plane the cost is their square.
  const within = gaussRule(sides.length === 1 ? 16 : 1)
  const [inner, outer] = extent
    .map(([min, max], axis) => {
      const width = (max - min) / sides[axis]!
      const cells = Array.from({ length: sides[axis]! }, (_, cell) => cell)
      return cells.flatMap(cell =>
        within.map(({ at, weight }) => ({ cell, at: min + (cell + at) * width, weight: weight * width })),
      )
    })
    .reverse()
  // One line of points at a time: all points together would be millions.
  const points = new Float64Array(inner!.length * sides.length)
  for (const { cell: row, at: x, weight: height } of outer ?? [{ cell: 0, at: 0, weight: 1 }]) {
    for (const [i, { at }] of inner!.entries()) points.set(outer ? [x, at] : [at], i * sides.length)
    const densities = density(points)
    for (const [i, { cell, weight }] of inner!.entries())
      shares[row * sides[sides.length - 1]! + cell]! += height * weight * densities[i]!
  }
  const inside = shares.reduce((sum, share) => sum + share, 0)
  // Rounding and jumps may add up to a little more than 1.
  if (inside > 1) return shares.map(share => share / inside)
  shares[count - 1] = 1 - inside
  return shares
}
