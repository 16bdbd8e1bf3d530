import { checkInteger } from '@gankit/core'

/** Which checkpoints stay when a new one is there. */
export interface RetentionPolicy {
  /** So many of the latest, a whole number from 1. Default 2, should one be damaged. */
  readonly last?: number
  /** Whether that of the best step stays. Default true. */
  readonly best?: boolean
  /** Those of steps that are a multiple of this stay, a whole number from 1. Default: none for that reason. */
  readonly every?: number
}

/** @throws GankitError for an option out of range */
export function checkRetention({ last = 2, every }: RetentionPolicy): void {
  checkInteger('trainer', 'keep.last', last, 1)
  if (every !== undefined) checkInteger('trainer', 'keep.every', every, 1)
}

/**
 * Which of these checkpoints may go, now that there is one of `step`. Those of later steps are among them: the run
 * went back to before they were written, and whoever goes on must not be led there again.
 * @param best the step of the best state, where it is known
 */
export function listExpired(
  steps: readonly number[],
  step: number,
  best: number | undefined,
  keep: RetentionPolicy,
): number[] {
  const { last = 2, every } = keep
  const sofar = steps.filter(each => each <= step).sort((a, b) => b - a)
  const kept = new Set(sofar.slice(0, last)).add(step)
  if (best !== undefined && keep.best !== false) kept.add(best)
  const isKept = (each: number) =>
    each <= step && (kept.has(each) || (every !== undefined && each % every === 0))
  return steps.filter(each => !isKept(each))
}
