import { positive, wholeNumber } from '@gankit/core'
import * as v from 'valibot'

const side = v.pipe(wholeNumber(2), v.maxValue(4096))

const initialization = v.variant('name', [
  v.strictObject({ name: v.literal('glorot') }),
  v.strictObject({ name: v.literal('normal'), std: positive }),
  v.strictObject({ name: v.literal('uniform'), limit: positive }),
])

/** The options that all networks share, as the entries of a schema. */
export function commonOptions(name: string) {
  return {
    name: v.optional(v.string(), name),
    inputShape: v.tuple([side, side, wholeNumber()]),
    initialization: v.optional(initialization, { name: 'normal', std: 0.02 } as never),
    seed: v.optional(wholeNumber(0), 0),
  }
}
