import { checkInteger, checkOption } from '@gankit/core'

export interface GuardOptions {
  /** Steps between two snapshots to roll back to, beside those of checkpoints: a whole number from 1. Default 500. */
  readonly every?: number
  /** Rollbacks in a row before the run fails, a whole number from 0. Default 3. */
  readonly tries?: number
  /** By what each rollback multiplies the learning rates, above 0 and up to 1. Default 0.5; 1 leaves them. */
  readonly learningRateFactor?: number
}

export type Guard = Required<GuardOptions>

/** Fills in defaults. @throws GankitError for an option out of range */
export function resolveGuard({ every = 500, tries = 3, learningRateFactor = 0.5 }: GuardOptions): Guard {
  checkInteger('trainer', 'guard.every', every, 1)
  checkInteger('trainer', 'guard.tries', tries, 0)
  const isFactor = learningRateFactor > 0 && learningRateFactor <= 1
  checkOption(
    'trainer',
    'guard.learningRateFactor',
    learningRateFactor,
    isFactor,
    'a number above 0 and up to 1',
  )
  return { every, tries, learningRateFactor }
}

/** A loss or a gradient that is not finite. */
export interface NonFinite {
  readonly player: string
  readonly cause: 'loss' | 'gradient'
}

/**
 * Looks for a player whose loss or gradient is not finite. All readings begin at once.
 * @param read the scalar of a name, 'discriminator/loss'; undefined for a player that was not updated
 */
export async function findNonFinite(
  players: readonly string[],
  read: (name: string) => Promise<number | undefined>,
): Promise<NonFinite | undefined> {
  const candidates = players.flatMap(player =>
    (['loss', 'gradient'] as const).map((cause): NonFinite => ({ player, cause })),
  )
  const values = await Promise.all(candidates.map(({ player, cause }) => read(`${player}/${cause}`)))
  return candidates[values.findIndex(value => value !== undefined && !Number.isFinite(value))]
}
