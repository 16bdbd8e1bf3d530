import { type CheckpointExtras, encodeCheckpoint } from './format.ts'
import { checkRetention, listExpired, type RetentionPolicy } from './retention.ts'
import type { Snapshot } from './snapshot.ts'
import type { CheckpointStore } from './store.ts'

export interface SaveOptions extends CheckpointExtras {
  readonly keep?: RetentionPolicy
  /** Told of each checkpoint that should have gone and could not be removed: no reason to stop. */
  readonly onNotRemoved?: (error: Error) => void
}

/**
 * Keeps a snapshot as a checkpoint; once that stands, removes those that `keep` doesn't hold, and those of later steps.
 * @throws GankitError when it can't be written, or for options out of range; then all others are as they were
 */
export async function saveCheckpoint(
  store: CheckpointStore,
  snapshot: Snapshot,
  { keep = {}, onNotRemoved, ...extras }: SaveOptions = {},
): Promise<void> {
  checkRetention(keep)
  const { step } = snapshot.state
  await store.write(step, await encodeCheckpoint(snapshot, extras))
  const attempt = async <Result>(work: () => Promise<Result>): Promise<Result | undefined> => {
    try {
      return await work()
    } catch (error) {
      onNotRemoved?.(error as Error)
      return undefined
    }
  }
  const steps = (await attempt(() => store.list())) ?? []
  for (const each of listExpired(steps, step, extras.best?.step, keep))
    await attempt(() => store.remove(each))
}
