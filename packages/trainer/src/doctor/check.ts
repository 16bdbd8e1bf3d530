import type { Objective, ScalarDescription } from '@gankit/core'
import type { MetricsEvent, RollbackEvent, ScalarValues } from '../run/events.ts'
import type { SampleComparison } from './sample-checks.ts'

/** The scalars of one step. */
export interface Reading {
  readonly step: number
  readonly values: ScalarValues
}

/** A failure that a check sees now. */
export interface Diagnosis {
  /** What was measured, with its numbers. */
  readonly evidence: string
  /** What to try. */
  readonly advice: string
}

/** What a check of readings may look at. */
export interface ReadingsContext {
  /** Readings since the warm-up, oldest first, evenly spaced. */
  readonly readings: readonly Reading[]
  /** Those of the warm-up too. */
  readonly all: readonly Reading[]
  /** Steps between two readings. */
  readonly every: number
  /** The game's scalars, with their equilibria. */
  readonly scalars: readonly ScalarDescription[]
  /** The objective of Algorithm 1, where the doctor was given it. */
  readonly objective?: Pick<Objective, 'equilibrium' | 'comparesWithReal'>
  /** The least that D's loss can be, see `minimumLoss`; 0 without an objective. */
  readonly minimumLoss: number
}

/** One kind of failure. Each function gives a diagnosis where the failure is there. */
export interface Check {
  /** After every reading, those of the warm-up too: for what no beginning explains. */
  early?(context: ReadingsContext): Diagnosis | undefined
  /** After every reading beyond the warm-up. */
  readings?(context: ReadingsContext): Diagnosis | undefined
  /** After every comparison of fakes with real samples. */
  samples?(comparison: SampleComparison): Diagnosis | undefined
  /** After every measurement of quality. */
  metrics?(event: MetricsEvent): Diagnosis | undefined
  /** After every rollback. */
  rollback?(event: RollbackEvent): Diagnosis | undefined
}

/** Names of the players that judge samples: those with a scalar of real and one of fake samples. */
export function findDiscriminators(values: ScalarValues): string[] {
  return Object.keys(values).flatMap(name => {
    const player = /^(.*)\/fake$/.exec(name)?.[1]
    return player !== undefined && `${player}/real` in values ? [player] : []
  })
}

/** 'D' and 'G' for the players of Algorithm 1, else a player's own name. */
export function shortName(player: string): string {
  return { discriminator: 'D', generator: 'G' }[player] ?? player
}
