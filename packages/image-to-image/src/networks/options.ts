import { positive, wholeNumber } from '@gankit/core'
import type { Initialization } from '@gankit/layers'
import * as v from 'valibot'

const side = v.pipe(wholeNumber(2), v.maxValue(4096))

export const initialization: v.GenericSchema<Initialization> = v.variant('name', [
  v.strictObject({ name: v.literal('glorot') }),
  v.strictObject({ name: v.literal('normal'), std: positive }),
  v.strictObject({ name: v.literal('uniform'), limit: positive }),
])

type Common = {
  readonly name: v.GenericSchema<string | undefined, string>
  readonly inputShape: v.GenericSchema<readonly [number, number, number]>
  readonly initialization: v.GenericSchema<Initialization | undefined, Initialization>
  readonly seed: v.GenericSchema<number | undefined, number>
}

/** The options that all networks share, as the entries of a schema. */
export function commonOptions(name: string): Common {
  return {
    name: v.optional(v.string(), name),
    inputShape: v.tuple([side, side, wholeNumber()]),
    initialization: v.optional(initialization, { name: 'normal', std: 0.02 }) as never,
    seed: v.optional(wholeNumber(0), 0),
  }
}
