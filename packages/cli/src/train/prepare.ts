import { type Batches, GankitError } from '@gankit/core'
import { checkSamples } from '@gankit/datasets'
import {
  type App,
  beginNextEpoch,
  buildTrainer,
  checkDifferences,
  checkUnusedFlags,
  closeStreams,
  compareConfigs,
  findShownSamples,
  fitToDataset,
  mapStreams,
  type OpenStream,
  openStreams,
  planConfig,
  type RunConfig,
  type StreamConfig,
  startBatches,
} from '@gankit/experiment'
import {
  createRunDirectory,
  lockRun,
  newRunPath,
  openRunDirectory,
  type RunDirectory,
  runsFolder,
} from '@gankit/experiment/node'
import type { BackendChoice } from '@gankit/runtime'
import { type BestSoFar, restoreSnapshot, type Trainer } from '@gankit/trainer'
import * as tf from '@tensorflow/tfjs'
import manifest from '../../package.json' with { type: 'json' }
import { chooseData } from '../data/choose.ts'
import { openData } from '../data/open.ts'
import { blameFlag } from '../terminal/flag-names.ts'
import { selectRunBackend } from './backend.ts'
import { checkAugmentation, checkBestBy, checkEvaluation, checkMeasures } from './check-plan.ts'
import type { TrainFlags } from './flags.ts'
import { checkPlannedSize, checkStepMemory } from './memory.ts'
import { openRunApp, type PreviousRun } from './previous-run.ts'
import { addSegmenter, type ShownSamples } from './shown-samples.ts'

/** Everything that a run needs, ready to start. */
export interface PreparedRun {
  readonly config: RunConfig
  readonly choice: BackendChoice
  readonly trainer: Trainer
  /** By the names of the game's streams. */
  readonly batches: Readonly<Record<string, Batches>>
  readonly shown: ShownSamples
  readonly directory: RunDirectory
  /** The best generator so far, where the run is resumed. */
  readonly best?: BestSoFar
  /** Closes the data, frees the memory and gives up the lock on the run. */
  release(): Promise<void>
}

/** What preparing reports to, and is stopped by. */
export interface PrepareContext {
  readonly stream: NodeJS.WriteStream
  readonly signal: AbortSignal
  /** The data that are open, which are closed where preparing fails. */
  streams: readonly OpenStream[]
  report(line: string): void
}

/**
 * Prepares a run: first everything that may be wrong is checked; the run directory is created last of all.
 * @throws GankitError for whatever is wrong; then nothing was written
 */
export async function prepareRun(
  appName: string | undefined,
  previous: PreviousRun | undefined,
  flags: TrainFlags,
  context: PrepareContext,
): Promise<PreparedRun> {
  try {
    return await prepare(appName, previous, flags, context)
  } catch (error) {
    await closeStreams(context.streams).catch(() => undefined)
    await previous?.release().catch(() => undefined)
    throw error
  }
}

async function prepare(
  appName: string | undefined,
  previous: PreviousRun | undefined,
  flags: TrainFlags,
  context: PrepareContext,
): Promise<PreparedRun> {
  const app = await openRunApp(appName, previous)
  checkUnusedFlags(app, previous?.config.preset ?? flags.preset ?? app.defaultPreset, flags)
  if (flags.acceptChanges && !previous)
    throw new GankitError(
      'cli',
      'option',
      '--accept-changes is given without --resume, expected both: leave it out',
    )
  const planned =
    previous?.config ?? planConfig(app, { ...flags, flags }, chooseData(app, flags), findVersions())
  await checkBestBy(app, flags, planned)
  const choice = await selectRunBackend(app, flags, previous?.config.backend, context.report)
  const { backend: name, threads, precision } = choice
  context.report(`Backend  ${name}, ${threads} ${threads === 1 ? 'thread' : 'threads'}: ${choice.reason}`)
  if (choice.faster) context.report(`         faster: ${choice.faster}`)

  await checkPlannedSize(app, planned, name)
  const { stream, signal } = context
  const streams = await openStreams(app, planned, {
    open: (spec, options, name) =>
      openData(spec, options, {
        stream,
        signal,
        ...(planned.allowSkipped && { allowSkipped: true }),
        ...(name !== undefined && { name }),
      }),
    report: context.report,
  })
  context.streams = streams
  for (const { name, dataset } of streams)
    for (const problem of await checkSamples(dataset))
      context.report(`Warning  ${name === undefined ? '' : `${name}: `}${problem}`)
  const smallest = Math.min(...streams.map(({ dataset }) => dataset.size))
  // TypeScript can't see that the plan and the open data have the same streams.
  const config = {
    ...planned,
    ...mapStreams(planned, (_, stream) => streams.find(({ name }) => name === stream)!.config),
    training: fitToDataset(planned.training, smallest, context.report),
    backend: { name, threads, precision },
  } as RunConfig
  checkAugmentation(config.training, streams)
  const newEpoch = previous ? compareWithRun(previous, config, flags, context) : false

  const trainer = await buildTrainer(
    app,
    config,
    mapStreams(config, ({ dataset }) => dataset),
  )
  const shown = await addSegmenter(app, findShownSamples(app, trainer.game, streams), config)
  const specs = streams.map(({ config }) => config.data)
  checkStepMemory(trainer.game.networks, config.training, shown.generator.sampleShape, name, specs)
  await checkMeasures(app, shown)
  checkEvaluation(app, config, shown)
  const snapshot = previous?.checkpoint?.snapshot
  const before = snapshot?.state.positions
  const positions = before && newEpoch ? beginNextEpoch(before) : before
  const batches = startBatches(app, streams, trainer.game.streams, config, positions)
  if (snapshot) await restoreSnapshot(trainer, snapshot)

  const directory =
    flags.resume === undefined
      ? await createDirectory(app, flags.out, config)
      : await openRunDirectory(flags.resume)
  const unlock = previous?.release ?? (await lockRun(directory.path))
  // A run that is stopped and resumed once more ends where it is to end now.
  if (previous) await directory.saveConfig(config)
  return {
    config,
    choice,
    trainer,
    batches,
    shown,
    directory,
    ...(previous?.checkpoint?.best && { best: previous.checkpoint.best }),
    async release() {
      for (const each of Object.values(batches)) await each.return?.()
      await closeStreams(streams)
      trainer.dispose()
      await unlock()
    },
  }
}

/** Where it is typed, errors about the folder name the flag. */
async function createDirectory(
  { name }: App,
  out: string | undefined,
  config: RunConfig,
): Promise<RunDirectory> {
  if (out === undefined) return createRunDirectory(await newRunPath(runsFolder, name, config.seed), config)
  return blameFlag('--out', out, () => createRunDirectory(out, config))
}

function findVersions(): RunConfig['versions'] {
  return { gankit: manifest.version, tfjs: tf.version['tfjs-core'], node: process.versions.node }
}

/**
 * Compares the data and the backend with those of the run that is resumed.
 * @returns whether the data begin with a new epoch
 * @throws GankitError for other data, unless that is accepted
 */
function compareWithRun(
  previous: PreviousRun,
  config: RunConfig,
  { resume, acceptChanges = false }: TrainFlags,
  { report }: PrepareContext,
): boolean {
  const before = previous.config
  const { backend } = config
  const differences = compareConfigs(mapStreams(before, selectDataset), mapStreams(config, selectDataset))
  checkDifferences(resume!, differences, acceptChanges)
  if (compareConfigs(before.backend, backend).length > 0)
    report(
      `         the run was on ${before.backend.name} with ${before.backend.threads} threads in ${before.backend.precision}: its weights will differ in the last digits from those that it would have had`,
    )
  return previous.newEpoch || differences.length > 0
}

function selectDataset({ dataset }: StreamConfig): Pick<StreamConfig, 'dataset'> {
  return { dataset }
}
