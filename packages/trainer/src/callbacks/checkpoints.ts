import { checkInteger } from '@gankit/core'
import { checkRetention, type RetentionPolicy } from '../checkpoint/retention.ts'
import { saveCheckpoint } from '../checkpoint/save.ts'
import type { Snapshot } from '../checkpoint/snapshot.ts'
import { type BestSoFar, checkConfig } from '../checkpoint/state.ts'
import type { CheckpointStore } from '../checkpoint/store.ts'
import type { Callback, RunContext } from '../run/events.ts'

export interface CheckpointsOptions {
  readonly store: CheckpointStore
  /** Steps between two checkpoints, a whole number from 1. */
  readonly every: number
  /** Plain data to keep beside each. */
  readonly config?: unknown
  /** Asked for the best state so far before each is written. */
  readonly best?: () => BestSoFar | undefined
  /** Which stay when a new one is there. Default: the last two, and the best. */
  readonly keep?: RetentionPolicy
  /** Told of each error that the run goes on in spite of, which is a warning among the events too. */
  readonly onError?: (error: Error) => void
}

/**
 * Keeps a checkpoint every so many steps, when whoever steers the run asks for one, and one at the end of the run, however it
 * ended. One that can't be written is a warning, and the run goes on with the earlier ones in place; at the end it is an error, which `run` throws.
 * @throws GankitError for options out of range, or a configuration that JSON can't hold
 */
export function checkpoints(options: CheckpointsOptions): Callback {
  const { store, every, config, best, keep = {}, onError } = options
  checkInteger('trainer', 'every', every, 1)
  checkRetention(keep)
  checkConfig(config)
  /** The step of the last one that this run wrote. */
  let written: number | undefined

  const warn = (run: RunContext, step: number, error: Error): void => {
    run.emit({ type: 'warning', step, message: error.message })
    onError?.(error)
  }

  const save = async (run: RunContext, snapshot: Snapshot): Promise<void> => {
    const { step } = snapshot.state
    if (step === written) return
    const now = best?.()
    const onNotRemoved = (error: Error) => warn(run, step, error)
    await saveCheckpoint(store, snapshot, { config, ...(now && { best: now }), keep, onNotRemoved })
    written = step
    run.emit({ type: 'checkpoint', step })
  }

  return async (event, run) => {
    if (event.type === 'start') written = undefined
    const isWanted = event.type === 'steered' && event.checkpoint
    // The one of this step, if there is one, doesn't know what has changed.
    if (isWanted) written = undefined
    if (isWanted || (event.type === 'step' && event.step % every === 0)) {
      const snapshot = await run.snapshot()
      await save(run, snapshot).catch(error => warn(run, event.step, error))
    }
    if (event.type === 'end') await save(run, await run.snapshot())
  }
}
