import type { Batches, Dataset } from '@gankit/core'
import { objectives } from '@gankit/losses'
import type { BackendChoice } from '@gankit/runtime'
import { selectBackend } from '@gankit/runtime/node'
import { createOptimizer, createTrainer, restoreSnapshot, type Trainer } from '@gankit/trainer'
import {
  createRunDirectory,
  newRunPath,
  openRunDirectory,
  type RunDirectory,
  readCheckpoint,
} from '@gankit/trainer/node'
import type { App } from './app.ts'
import { loadApp } from './installed-apps.ts'
import { openData } from './open-data.ts'
import { configOf, type RunConfig, resumedConfig } from './run-config.ts'
import type { TrainFlags } from './settings.ts'

/** Everything that a run needs, ready to go. */
export interface Prepared {
  readonly config: RunConfig
  readonly choice: BackendChoice
  readonly trainer: Trainer
  readonly batches: Batches
  readonly dataset: Dataset
  readonly directory: RunDirectory
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
  const resumed = flags.resume === undefined ? undefined : await resumedConfig(flags.resume, flags)
  const app = await loadApp(resumed?.app ?? appName)
  const wanted = resumed ?? configOf(app, flags)
  const snapshot = flags.resume === undefined ? undefined : await readCheckpoint(flags.resume)

  const choice = await selectBackend(flags)
  report(
    `Backend  ${choice.backend}, ${choice.threads} ${choice.threads === 1 ? 'thread' : 'threads'}: ${choice.reason}`,
  )
  if (choice.faster) report(`         faster: ${choice.faster}`)
  const before = resumed && { precision: 'float32', ...resumed.backend }
  if (
    before &&
    (before.name !== choice.backend ||
      before.threads !== choice.threads ||
      before.precision !== choice.precision)
  )
    report(
      `         the run was on ${before.name} with ${before.threads} threads in ${before.precision}: it will not go on bit for bit`,
    )

  const { allowSkipped } = flags
  const dataset = await openData(wanted.data, wanted.dataOptions ?? {}, {
    stream,
    signal,
    ...(allowSkipped && { allowSkipped }),
  })
  const trainer = trainerOf(app, wanted, dataset)
  const { batch: size } = wanted.training
  const position = snapshot?.state.position
  const batches = dataset.batches({ size, seed: wanted.seed, ...(position && { position }) })
  if (snapshot) restoreSnapshot(trainer, snapshot)

  const config: RunConfig = resumed ?? {
    ...wanted,
    backend: { name: choice.backend, threads: choice.threads, precision: choice.precision },
  }
  const directory =
    flags.resume === undefined
      ? await createRunDirectory(flags.out ?? (await newRunPath('runs', app.name, config.seed)), config)
      : openRunDirectory(flags.resume)
  // Where the run is to end now, should it be stopped and go on once more.
  if (resumed) await directory.saveConfig(config)
  return { config, choice, trainer, batches, dataset, directory }
}

function trainerOf(
  app: App,
  { model, training, seed }: Omit<RunConfig, 'backend'>,
  { sampleShape }: Dataset,
): Trainer {
  const { objective, optimizers, discriminatorSteps, averageDecay, latent } = training
  return createTrainer({
    gan: app.createGan({ model, latent, sampleShape, seed }),
    objective: objectives[objective](),
    optimizers: {
      generator: createOptimizer(optimizers.generator),
      discriminator: createOptimizer(optimizers.discriminator),
    },
    discriminatorSteps,
    seed,
    ...(averageDecay !== undefined && { averageDecay }),
  })
}
