import type { RandomStream } from './random.ts'

/** A distribution of points to draw samples from; most distributions know their exact density, too. */
export interface Distribution {
  readonly name: string
  /** Numbers per point: 1 or 2. */
  readonly dimensions: number
  /** Draws `count` points. @returns [count, dimensions], row-major */
  sample(random: RandomStream, count: number): Float32Array
  /**
   * The density at points, where it is known.
   * @param points [n, dimensions], row-major
   * @returns n densities
   */
  density?(points: ArrayLike<number>): Float64Array
  /** The center of each mode, [dimensions], and the standard deviation around each, where it has modes. */
  readonly modes?: { readonly centers: readonly (readonly number[])[]; readonly std: number }
  /** The range of a plot: [least, greatest] per dimension. */
  readonly extent: readonly (readonly [number, number])[]
}
