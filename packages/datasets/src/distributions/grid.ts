import { type Distribution, parseOptions, wholeNumber } from '@gankit/core'
import * as v from 'valibot'
import { size } from './coordinates.ts'
import { gaussianMixture } from './gaussian-mixture.ts'

export interface GridOptions {
  /** Gaussians along each side. From 1 to 100, default 5, which makes 25. */
  readonly side?: number
  /** Distance between neighboring centers. Default 2. */
  readonly spacing?: number
  /** Standard deviation of each. Default 0.05. */
  readonly std?: number
}

const schema = v.strictObject({
  side: v.optional(v.pipe(wholeNumber(), v.maxValue(100)), 5),
  spacing: v.optional(size, 2),
  std: v.optional(size, 0.05),
})

/**
 * Gaussians of equal weight on a square grid about [0, 0], row by row from the least y, with exact density. The
 * defaults are the usual 25 at −4, −2, 0, 2, 4: the 2D grid of Srivastava et al., "VEEGAN: reducing mode collapse in
 * GANs using implicit variational learning" (2017), with the numbers that most later papers use.
 * @throws GankitError for an option out of range
 */
export function grid(options: GridOptions = {}): Distribution {
  const { side, spacing, std } = parseOptions('datasets', schema, options)
  const place = (i: number) => (i - (side - 1) / 2) * spacing
  return gaussianMixture(
    'grid',
    Array.from({ length: side * side }, (_, k) => ({
      weight: 1,
      mean: [place(k % side), place(Math.floor(k / side))],
      std,
    })),
  )
}
