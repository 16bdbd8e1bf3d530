import type { Objective } from '@gankit/core'
import { type ObjectiveName, type ObjectiveOptions, objectives } from './objectives.ts'
import { named, refuseOthers } from './option.ts'
import { createPenalty, type PenaltySettings } from './penalties/penalties.ts'
import { withPenalties } from './penalties/with-penalties.ts'

/** An objective as plain data, so that a run can write down what it was. */
export type ObjectiveSettings = {
  readonly name: ObjectiveName
  /** Of 'minimax' and 'non-saturating'. */
  readonly labelSmoothing?: number
  /** Of 'signed-minimax'. */
  readonly threshold?: number
  /** Beside those that it has anyway; one of the same name takes its place. */
  readonly penalties?: readonly PenaltySettings[]
}

const optionsOf: Readonly<Partial<Record<ObjectiveName, readonly (keyof ObjectiveOptions)[]>>> = {
  minimax: ['labelSmoothing'],
  'non-saturating': ['labelSmoothing'],
  'signed-minimax': ['threshold'],
}

/**
 * The objective that settings, or a name alone, stand for.
 * @throws GankitError for an unknown name, an option that the objective doesn't have, or one out of range
 */
export function createObjective(settings: ObjectiveName | ObjectiveSettings): Objective {
  const { name, penalties = [], ...options } = typeof settings === 'string' ? { name: settings } : settings
  const make = named('objective', name, objectives)
  refuseOthers(`objective '${name}'`, options, optionsOf[name] ?? [])
  return withPenalties(make(options), ...penalties.map(createPenalty))
}
