import type { Checkpoint } from '@gankit/trainer'
import { loadCheckpoint } from '@gankit/trainer'
import { fileStore, lockRun } from '@gankit/trainer/node'
import type { TrainFlags } from './flags.ts'
import { configOfRun, type Resumed, resumedConfig } from './resumed-config.ts'
import type { RunConfig } from './run-config.ts'

/** A run that goes on, held by this process. */
export interface PreviousRun extends Resumed {
  /** Undefined where the run was ended before it wrote one: it begins again. */
  readonly checkpoint: Checkpoint | undefined
  /** Lets other processes have the run. */
  release(): Promise<void>
}

/**
 * Takes hold of a run and reads its newest checkpoint that is whole.
 * @param report gets a line for each one that isn't, and for each difference that was accepted
 * @throws GankitError when another process has the run, nothing of it can be read, or it doesn't match the flags
 */
export async function openPreviousRun(
  run: string,
  app: string | undefined,
  flags: TrainFlags,
  report: (line: string) => void,
): Promise<PreviousRun> {
  const config = await configOfRun(run)
  const release = await lockRun(run)
  try {
    const store = fileStore(run)
    const begun = (await store.list()).length > 0
    const checkpoint = begun
      ? await loadCheckpoint(store, {
          onDamaged: ({ message }) => report(`         ${message}; the checkpoint before it is used`),
        })
      : undefined
    const resumed = resumedConfig(run, config, (checkpoint?.config ?? config) as RunConfig, app, flags)
    for (const line of resumed.accepted) report(`         accepted: ${line}`)
    return { ...resumed, checkpoint, release }
  } catch (error) {
    await release()
    throw error
  }
}
