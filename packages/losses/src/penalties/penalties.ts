import type { Penalty } from '@gankit/core'
import { named, refuseOthers } from '../option.ts'
import { type GradientPenaltyOptions, gradientPenalty } from './gradient-penalty.ts'
import { r1, type ZeroCentredOptions } from './r1.ts'
import { r2 } from './r2.ts'

/** What a penalty is called in a configuration. */
export type PenaltyName = 'r1' | 'r2' | 'gradient-penalty'

/** A penalty as plain data. */
export type PenaltySettings =
  | ({ readonly name: 'r1' | 'r2' } & ZeroCentredOptions)
  | ({ readonly name: 'gradient-penalty' } & GradientPenaltyOptions)

/** Every penalty by its name, and the options that it takes. */
const penalties: Readonly<
  Record<PenaltyName, { options: readonly string[]; make: (options: object) => Penalty }>
> = {
  r1: { options: ['gamma', 'every'], make: r1 },
  r2: { options: ['gamma', 'every'], make: r2 },
  'gradient-penalty': { options: ['weight', 'target', 'every'], make: gradientPenalty },
}

/** @throws GankitError for an unknown name, an option that the penalty doesn't have, or one out of range */
export function createPenalty({ name, ...options }: PenaltySettings): Penalty {
  const { options: known, make } = named('penalty', name, penalties)
  refuseOthers(`penalty '${name}'`, options, known)
  return make(options)
}
