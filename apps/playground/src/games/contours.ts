import type { Distribution } from '@gankit/core'
import { placesInPlane } from '@gankit/visualization'
import { contours } from 'd3-contour'
import { contourSide } from './look-shapes.ts'

/** The smallest region that holds a share of the data: closed lines, each of x and y in turn. */
export interface Contour {
  readonly share: number
  readonly lines: readonly Float32Array[]
}

const shares = [0.25, 0.5, 0.75, 0.95]

/** Lines of equal density around the smallest regions that hold a quarter, a half, three quarters and 95% of the data. */
export function contourDensity({
  density,
  extent,
}: Required<Pick<Distribution, 'density' | 'extent'>>): Contour[] {
  const values = Array.from(density(placesInPlane(extent, contourSide)))
  const levels = densityLevels(values, shares)
  return shares.map((share, i) => {
    const { coordinates } = contours().size([contourSide, contourSide]).contour(values, levels[i]!)
    return {
      share,
      lines: coordinates
        .flat()
        .map(line => Float32Array.from(line.flat(), (at, index) => place(at, index % 2))),
    }
  })

  /** From the grid, on which a cell's middle is half a unit from its corner, to the plane. */
  function place(at: number, axis: number): number {
    const [min, max] = extent[axis]!
    return min + ((max - min) * at) / contourSide
  }
}

/** The greatest densities above which so much of the data lies, by the densities in equal cells. */
export function densityLevels(densities: readonly number[], shares: readonly number[]): number[] {
  const sorted = densities.toSorted((a, b) => b - a)
  const total = sorted.reduce((sum, value) => sum + value, 0)
  return shares.map(share => {
    let sum = 0
    return sorted.find(value => {
      sum += value
      return sum >= share * total
    })!
  })
}
