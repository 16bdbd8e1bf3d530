import { checkInteger } from '@gankit/core'
import type { Callback, RunContext, StepEvent } from '../run/events.ts'

export interface EarlyStopOptions {
  /** What is watched: a distance, a score. */
  readonly metric: (event: StepEvent, run: RunContext) => number | Promise<number>
  /** Whether less or more is better. */
  readonly better: 'less' | 'more'
  /** Steps between two looks, a whole number from 1. */
  readonly every: number
  /** Looks in a row without a better value before the run is ended, a whole number from 1. */
  readonly patience: number
}

/**
 * Ends a run whose metric no longer gets better. A value that is not finite counts as no better.
 * @throws GankitError for an option out of range
 */
export function earlyStop({ metric, better, every, patience }: EarlyStopOptions): Callback {
  checkInteger('trainer', 'every', every, 1)
  checkInteger('trainer', 'patience', patience, 1)
  let best: { step: number; value: number } | undefined
  let looks = 0
  return async (event, run) => {
    if (event.type !== 'step' || event.step % every > 0) return
    const value = await metric(event, run)
    const improved = best === undefined || (better === 'less' ? value < best.value : value > best.value)
    if (Number.isFinite(value) && improved) {
      best = { step: event.step, value }
      looks = 0
    } else if (++looks >= patience)
      run.stop(best ? `its best, ${best.value}, was at step ${best.step}` : 'its metric was never a number')
  }
}
