import { GankitError, readsAreAsync } from '@gankit/core'
import { checkWhole } from './check-whole.ts'

export interface GuardOptions {
  /** Steps between two states to fall back to, beside those of checkpoints: a whole number from 1. Default 500. */
  readonly every?: number
  /** Falls in a row before the run is given up, a whole number from 0. Default 3. */
  readonly tries?: number
  /** By what each fall multiplies the learning rates, above 0 and up to 1. Default 0.5; 1 leaves them. */
  readonly learningRateFactor?: number
}

export type Guard = Required<GuardOptions>

/** @throws GankitError for an option out of range */
export function guardOf({ every = 500, tries = 3, learningRateFactor = 0.5 }: GuardOptions): Guard {
  checkWhole('guard.every', every, 1)
  checkWhole('guard.tries', tries, 0)
  if (!(learningRateFactor > 0 && learningRateFactor <= 1))
    throw new GankitError(
      'trainer',
      'option',
      `guard.learningRateFactor is ${learningRateFactor}, expected a number above 0 and up to 1`,
    )
  return { every, tries, learningRateFactor }
}

/** Whose loss or gradient is not finite. */
export interface Trouble {
  readonly player: string
  readonly what: 'loss' | 'gradient'
}

/** Looks at the losses and gradients among a step's figures, all of which it begins to read at once. */
export async function troubleIn(
  names: Iterable<string>,
  read: (name: string) => Promise<number>,
): Promise<Trouble | undefined> {
  const watched = [...names].filter(name => /\/(loss|gradient)$/.test(name))
  const values = await Promise.all(watched.map(read))
  const found = watched[values.findIndex(value => !Number.isFinite(value))]
  if (!found) return undefined
  const [player, what] = found.split('/') as [string, Trouble['what']]
  return { player, what }
}

/**
 * Whether reading a scalar waits for work that is queued on another device. There the guard looks one step later,
 * so that a step never waits; what it finds is undone all the same.
 */
export function readsAreSlow(): boolean {
  return readsAreAsync()
}
