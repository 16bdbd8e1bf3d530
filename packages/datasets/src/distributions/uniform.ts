import { type Distribution, GankitError, parseOptions } from '@gankit/core'
import * as v from 'valibot'
import { computeExtent, real } from './coordinates.ts'

export interface UniformOptions {
  /** Default −1. */
  readonly min?: number
  /** Above `min`. Default 1. */
  readonly max?: number
}

const schema = v.strictObject({ min: v.optional(real, -1), max: v.optional(real, 1) })

/**
 * A uniform distribution between two numbers, with exact density. Samples are float32, and so are the ends: a sample
 * never lies where the density is zero.
 * @throws GankitError for an option out of range, and unless `max` is above `min` as float32
 */
export function uniform(options: UniformOptions = {}): Distribution {
  const { min, max } = parseOptions('datasets', schema, options)
  const [least, greatest] = [Math.fround(min), Math.fround(max)]
  if (least >= greatest)
    throw new GankitError('datasets', 'option', `max is ${max}, expected more than min, ${min}, as float32`)
  const density = 1 / (greatest - least)
  return {
    name: 'uniform',
    dimensions: 1,
    sample: (random, count) => random.uniform(count, least, greatest),
    density: points => Float64Array.from(points, x => (x >= least && x <= greatest ? density : 0)),
    extent: computeExtent([[least], [greatest]], 0),
  }
}
