import type { Batches, Dataset, Position } from '@gankit/core'
import { listConditions, withAttributes } from '@gankit/datasets'
import type { BackendChoice } from '@gankit/runtime'
import { selectBackend } from '@gankit/runtime/node'
import { type BestSoFar, restoreSnapshot, type Trainer } from '@gankit/trainer'
import {
  createRunDirectory,
  lockRun,
  newRunPath,
  openRunDirectory,
  type RunDirectory,
} from '@gankit/trainer/node'
import { differencesOf } from './differences.ts'
import type { TrainFlags } from './flags.ts'
import { loadApp } from './installed-apps.ts'
import { openData } from './open-data.ts'
import { openPreviousRun, type PreviousRun } from './previous-run.ts'
import { checkAccepted } from './resumed-config.ts'
import { configOf, type RunConfig } from './run-config.ts'
import { forSmallSet } from './small-set.ts'
import { trainerOf } from './trainer-of.ts'

/** Everything that a run needs, ready to go. */
export interface Prepared {
  readonly config: RunConfig
  readonly choice: BackendChoice
  readonly trainer: Trainer
  readonly batches: Batches
  readonly dataset: Dataset
  readonly directory: RunDirectory
  /** The best generator so far, where the run goes on. */
  readonly best?: BestSoFar
  /** Lets go of data, memory and the lock on the run. */
  release(): Promise<void>
}

/**
 * Makes a run ready: first everything that may be wrong is checked, then the run directory is made, last of all.
 * @throws GankitError for whatever is wrong; then nothing was written
 */
export async function prepare(
  appName: string | undefined,
  flags: TrainFlags,
  stream: NodeJS.WriteStream,
  signal: AbortSignal,
): Promise<Prepared> {
  const report = (line: string) => void stream.write(`${line}\n`)
  const previous =
    flags.resume === undefined ? undefined : await openPreviousRun(flags.resume, appName, flags, report)
  try {
    return await prepared(appName, previous, flags, { stream, signal, report })
  } catch (error) {
    await previous?.release()
    throw error
  }
}

async function prepared(
  appName: string | undefined,
  previous: PreviousRun | undefined,
  flags: TrainFlags,
  { stream, signal, report }: { stream: NodeJS.WriteStream; signal: AbortSignal; report(line: string): void },
): Promise<Prepared> {
  const app = await loadApp(previous?.config.app ?? appName)
  const wanted = previous?.config ?? configOf(app, flags)
  if (flags.bestBy !== undefined)
    (await import('./evaluate/check-metrics.ts')).checkMetrics('--best-by', [flags.bestBy])
  const choice = await selectBackend({ ...flags, ...(app.workload && { workload: app.workload }) })
  const { backend: name, threads, precision } = choice
  report(`Backend  ${name}, ${threads} ${threads === 1 ? 'thread' : 'threads'}: ${choice.reason}`)
  if (choice.faster) report(`         faster: ${choice.faster}`)

  const { allowSkipped } = flags
  const { conditional } = wanted
  const opened = await openData(wanted.data, wanted.dataOptions, {
    stream,
    signal,
    ...(allowSkipped && { allowSkipped }),
  })
  const dataset = conditional ? withAttributes(opened, conditional) : opened
  const { size, sampleShape } = dataset
  const conditions = conditional && (await listConditions(dataset))
  const config: RunConfig = {
    ...wanted,
    training: forSmallSet(wanted.training, size, report),
    dataset: { size, sampleShape, ...(conditions && { conditions }) },
    backend: { name, threads, precision },
  }
  let newEpoch = previous?.newEpoch ?? false
  if (previous) {
    const { dataset: had, backend } = previous.config
    const differences = differencesOf({ dataset: had }, { dataset: config.dataset })
    checkAccepted(flags.resume!, differences, flags)
    newEpoch ||= differences.length > 0
    if (differencesOf(backend, config.backend).length > 0)
      report(
        `         the run was on ${backend.name} with ${backend.threads} threads in ${backend.precision}: it will not go on bit for bit`,
      )
  }

  const trainer = trainerOf(app, config, config.dataset)
  const snapshot = previous?.checkpoint?.snapshot
  const position = snapshot && positionOf(snapshot.state.position, newEpoch)
  const { batch } = config.training
  const batches = dataset.batches({ size: batch, seed: config.seed, ...(position && { position }) })
  if (snapshot) restoreSnapshot(trainer, snapshot)

  const directory =
    flags.resume === undefined
      ? await createRunDirectory(flags.out ?? (await newRunPath('runs', app.name, config.seed)), config)
      : openRunDirectory(flags.resume)
  const unlock = previous?.release ?? (await lockRun(directory.path))
  // Where the run is to end now, should it be stopped and go on once more.
  if (previous) await directory.saveConfig(config)
  return {
    config,
    choice,
    trainer,
    batches,
    dataset,
    directory,
    ...(previous?.checkpoint?.best && { best: previous.checkpoint.best }),
    async release() {
      await batches.return?.()
      await dataset.close?.()
      trainer.dispose()
      await unlock()
    },
  }
}

/** Data that are no longer the same, or come in batches of another size, begin with the next epoch. */
function positionOf({ epoch, batch }: Position, newEpoch: boolean): Position {
  return newEpoch ? { epoch: batch > 0 ? epoch + 1 : epoch, batch: 0 } : { epoch, batch }
}
