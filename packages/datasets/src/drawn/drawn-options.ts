import { GankitError, wholeNumber } from '@gankit/core'
import * as v from 'valibot'
import { checkReduce } from '../images/image-options.ts'
import { type DataOptions, dataOptions } from '../options.ts'

/** The options of all pictures that are drawn here. */
export interface DrawnOptions {
  /** Number of pictures, 1 to 10,000,000. A larger set begins with the pictures of a smaller one. Default 20,000. */
  readonly count?: number
  /** Pixels per side, 8 to 512. Default 64. */
  readonly size?: number
  /** Another seed gives other pictures. Default 0. */
  readonly seed?: number
  /** The factor by which drawings of `size` are made smaller, bicubically; it divides `size`. Default 1. */
  readonly reduce?: number
}

/** Options with their defaults in place. */
export type DrawnSettings = Required<DrawnOptions>

const { reduce, dataSeed } = dataOptions

/** The schemas of the options of all drawn pictures. */
export const drawnSchemas: {
  readonly [Name in keyof DrawnSettings]: v.GenericSchema<number | undefined, number>
} = {
  count: v.optional(v.pipe(wholeNumber(1), v.maxValue(10_000_000)), 20_000),
  size: v.optional(wholeNumber(8), 64),
  seed: v.optional(dataSeed.schema, dataSeed.default),
  reduce: v.optional(reduce.schema, reduce.default),
}

/** @param what pictures, as in 'cartoon faces'. @throws GankitError for a size out of range, and a reduction that doesn't divide it */
export function checkDrawnSize({ size = 64, reduce = 1 }: DrawnOptions, what: string): void {
  if (!(Number.isSafeInteger(size) && size >= 8 && size <= 512))
    throw new GankitError(
      'datasets',
      'option',
      `size is ${JSON.stringify(size)}, expected a whole number from 8 to 512, as ${what} are square`,
      { option: 'size' },
    )
  if (Number.isSafeInteger(reduce) && reduce >= 1) checkReduce(reduce, size, size)
}

/** The shape of one sample. */
export function findDrawnShape({
  size,
  reduce,
}: DrawnSettings): readonly [height: number, width: number, channels: 3] {
  return [size / reduce, size / reduce, 3]
}

/** The options of drawn pictures out of those that a spec has beside its count, '' where it has none. */
export function toDrawnOptions(
  count: string,
  { size, dataSeed, ...options }: DataOptions,
): DrawnOptions & Omit<DataOptions, 'size' | 'dataSeed'> {
  return {
    ...options,
    ...(count && { count: Number(count) }),
    ...(size !== undefined && { size: size as number }),
    ...(dataSeed !== undefined && { seed: dataSeed }),
  }
}
