import { type Distribution, GankitError, parseOptions } from '@gankit/core'
import * as v from 'valibot'
import { point, size } from './coordinates.ts'
import { gaussianMixture } from './gaussian-mixture.ts'

export interface MixtureOptions {
  /** The Gaussians, at least one. */
  readonly components: readonly {
    /** Its weight relative to the others; above zero. Default 1. */
    readonly weight?: number
    /** A number or [x] on the line, [x, y] in the plane; the same for all components. */
    readonly mean: number | readonly number[]
    /** Standard deviation in every direction, above zero. */
    readonly std: number
  }[]
}

const schema = v.strictObject({
  components: v.pipe(
    v.array(v.strictObject({ weight: v.optional(size, 1), mean: point, std: size })),
    v.minLength(1, 'expected at least one component'),
  ),
})

/**
 * Your own mixture of Gaussians on the line or in the plane, with exact density. It has `modes` where all
 * components have the same standard deviation.
 * @throws GankitError for an option out of range, and for means of different dimensions
 */
export function mixture(options: MixtureOptions): Distribution {
  const { components } = parseOptions('datasets', schema, options)
  const dimensions = components[0]!.mean.length
  const other = components.findIndex(({ mean }) => mean.length !== dimensions)
  if (other > 0)
    throw new GankitError(
      'datasets',
      'option',
      `components.${other}.mean has dimension ${components[other]!.mean.length}, expected ${dimensions} as in components.0.mean`,
    )
  return gaussianMixture('mixture', components)
}
