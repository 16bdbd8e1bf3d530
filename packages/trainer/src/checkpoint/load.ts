import { GankitError } from '@gankit/core'
import { damaged, NewerFormatError, OlderFormatError } from './damage.ts'
import { type Checkpoint, decodeCheckpoint } from './format.ts'
import { stateName } from './manifest.ts'
import { type CheckpointStore, whereIn } from './store.ts'

export interface LoadOptions {
  /** The step of the checkpoint, and of no other. Default: that of the newest one that can be used. */
  readonly step?: number
  /** Told of each newer checkpoint that is passed over since it can't be used. */
  readonly onDamaged?: (error: Error) => void
}

/**
 * Reads a checkpoint, by default the newest. One that is damaged or can't be read is passed over for the one before it;
 * one of a newer gankit is not, since it is no worse than the others.
 * @throws GankitError when there is none, or none that can be used: it says why of each
 */
export async function loadCheckpoint(
  store: CheckpointStore,
  { step, onDamaged }: LoadOptions = {},
): Promise<Checkpoint> {
  const steps = await store.list()
  if (step !== undefined) {
    if (steps.includes(step)) return loadStep(store, step)
    const those = steps.length > 0 ? `one of step ${steps.join(', ')}` : 'any'
    throw new GankitError(
      'trainer',
      'data',
      `${whereIn(store, step)} is not there, expected ${those}: choose another step`,
    )
  }
  const errors: Error[] = []
  for (const each of steps.toReversed()) {
    try {
      const checkpoint = await loadStep(store, each)
      for (const error of errors) onDamaged?.(error)
      return checkpoint
    } catch (error) {
      if (error instanceof NewerFormatError || error instanceof OlderFormatError) throw error
      errors.push(error as Error)
    }
  }
  const why = errors.map(({ message }) => message.replace('[gankit/trainer] ', '')).join('; ')
  throw new GankitError(
    'trainer',
    'data',
    errors.length > 0
      ? `none of ${errors.length} checkpoints can be used, expected a whole one: start a new run (${why})`
      : `the run holds no checkpoint, expected one: it can't be continued, start a new one`,
  )
}

async function loadStep(store: CheckpointStore, step: number): Promise<Checkpoint> {
  const where = whereIn(store, step)
  const checkpoint = await decodeCheckpoint(await store.read(step), where)
  const { step: got } = checkpoint.snapshot.state
  if (got !== step) throw damaged(`${where}/${stateName}`, `is of step ${got}, expected ${step} by its place`)
  return checkpoint
}
