import type { RandomStream } from './random.ts'

/** A distribution of points, of which samples can be drawn and, mostly, the exact density is known. */
export interface Distribution {
  readonly name: string
  /** Numbers in a point: 1 or 2. */
  readonly dimensions: number
  /** Draws `count` points. @returns [count, dimensions], row-major */
  sample(random: RandomStream, count: number): Float32Array
  /**
   * The density at points, where it has a closed form.
   * @param points [n, dimensions], row-major
   * @returns n densities
   */
  density?(points: ArrayLike<number>): Float64Array
  /** The centres of its modes and the standard deviation around each, where it has modes. */
  readonly modes?: { readonly centres: readonly (readonly number[])[]; readonly std: number }
  /** Per dimension [least, greatest] of what a plot should show. */
  readonly extent: readonly (readonly [number, number])[]
}
