import * as v from 'valibot'

/** Far inside what float32 holds, so that neither samples nor densities overflow. */
const largest = 1e15

/** A coordinate. */
export const real: v.GenericSchema<number> = v.pipe(v.number(), v.minValue(-largest), v.maxValue(largest))

/** A standard deviation, a length or a weight. */
export const size: v.GenericSchema<number> = v.pipe(v.number(), v.minValue(1 / largest), v.maxValue(largest))

/** A point of one or two dimensions; a bare number is a point of one. */
export const point: v.GenericSchema<number | readonly number[], readonly number[]> = v.pipe(
  v.union([real, v.strictTuple([real]), v.strictTuple([real, real])], 'expected a number, [x] or [x, y]'),
  v.transform(value => (typeof value === 'number' ? [value] : value)),
)
