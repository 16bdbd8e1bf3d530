import { type Batches, type Dataset, GankitError, type Position } from '@gankit/core'
import { listConditions, withAttributes } from '@gankit/datasets'
import {
  augmentSmallDataset,
  buildTrainer,
  checkDifferences,
  compareConfigs,
  type PlannedConfig,
  planConfig,
  type RunConfig,
} from '@gankit/experiment'
import {
  createRunDirectory,
  findAppAt,
  isAppPath,
  loadApp,
  lockRun,
  newRunPath,
  openApp,
  openRunDirectory,
  type RunDirectory,
  runsFolder,
} from '@gankit/experiment/node'
import type { BackendChoice } from '@gankit/runtime'
import { selectBackend } from '@gankit/runtime/node'
import { type BestSoFar, restoreSnapshot, type Trainer } from '@gankit/trainer'
import * as tf from '@tensorflow/tfjs'
import manifest from '../../package.json' with { type: 'json' }
import { chooseData } from '../data/choose.ts'
import { openData } from '../data/open.ts'
import type { TrainFlags } from './flags.ts'
import { openPreviousRun, type PreviousRun } from './previous-run.ts'

/** Everything that a run needs, ready to start. */
export interface PreparedRun {
  readonly config: RunConfig
  readonly choice: BackendChoice
  readonly trainer: Trainer
  readonly batches: Batches
  readonly dataset: Dataset
  readonly directory: RunDirectory
  /** The best generator so far, where the run is resumed. */
  readonly best?: BestSoFar
  /** Closes the data, frees the memory and gives up the lock on the run. */
  release(): Promise<void>
}

/** What preparing reports to, and is stopped by. */
interface Context {
  readonly stream: NodeJS.WriteStream
  readonly signal: AbortSignal
  report(line: string): void
}

/**
 * Prepares a run: first everything that may be wrong is checked; the run directory is created last of all.
 * @throws GankitError for whatever is wrong; then nothing was written
 */
export async function prepareRun(
  appName: string | undefined,
  flags: TrainFlags,
  stream: NodeJS.WriteStream,
  signal: AbortSignal,
): Promise<PreparedRun> {
  const context: Context = { stream, signal, report: line => void stream.write(`${line}\n`) }
  const isPath = appName !== undefined && isAppPath(appName)
  const previous =
    flags.resume === undefined
      ? undefined
      : await openPreviousRun(flags.resume, isPath ? findAppAt(appName).name : appName, flags, context.report)
  try {
    return await prepare(appName, previous, flags, context)
  } catch (error) {
    await previous?.release().catch(() => undefined)
    throw error
  }
}

async function prepare(
  appName: string | undefined,
  previous: PreviousRun | undefined,
  flags: TrainFlags,
  context: Context,
): Promise<PreparedRun> {
  const isPath = appName !== undefined && isAppPath(appName)
  const app = previous && !isPath ? await loadApp(previous.config.app) : await openApp(appName)
  const planned =
    previous?.config ?? planConfig(app, { ...flags, flags }, chooseData(app, flags), findVersions())
  if (flags.bestBy !== undefined)
    (await import('../evaluate/metrics.ts')).checkMetrics('--best-by', [flags.bestBy])
  const choice = await selectBackend({ ...flags, ...(app.workload && { workload: app.workload }) })
  const { backend: name, threads, precision } = choice
  context.report(`Backend  ${name}, ${threads} ${threads === 1 ? 'thread' : 'threads'}: ${choice.reason}`)
  if (choice.faster) context.report(`         faster: ${choice.faster}`)

  const { dataset, described } = await openDataset(planned, flags, context)
  const config: RunConfig = {
    ...planned,
    training: augmentSmallDataset(planned.training, dataset.size, context.report),
    dataset: described,
    backend: { name, threads, precision },
  }
  const newEpoch = previous ? compareWithRun(previous, config, flags, context) : false

  const trainer = buildTrainer(app, config, config.dataset)
  const { streams } = trainer.game
  if (streams.length !== 1)
    throw new GankitError(
      'cli',
      'option',
      `${app.name} learns from the streams ${streams.join(', ')}, expected one: gankit train opens one dataset; train it in a program of your own`,
    )
  const snapshot = previous?.checkpoint?.snapshot
  const position = snapshot && choosePosition(snapshot.state.positions[streams[0]!], newEpoch)
  const { batch } = config.training
  const batches = dataset.batches({ size: batch, seed: config.seed, ...(position && { position }) })
  if (snapshot) await restoreSnapshot(trainer, snapshot)

  const directory =
    flags.resume === undefined
      ? await createRunDirectory(flags.out ?? (await newRunPath(runsFolder, app.name, config.seed)), config)
      : await openRunDirectory(flags.resume)
  const unlock = previous?.release ?? (await lockRun(directory.path))
  // A run that is stopped and resumed once more ends where it is to end now.
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

function findVersions(): RunConfig['versions'] {
  return { gankit: manifest.version, tfjs: tf.version['tfjs-core'], node: process.versions.node }
}

/** Opens the data, and describes them for the configuration. */
async function openDataset(
  { data, dataOptions, conditional }: PlannedConfig,
  { allowSkipped }: TrainFlags,
  { stream, signal }: Context,
): Promise<{ dataset: Dataset; described: RunConfig['dataset'] }> {
  const opened = await openData(data, dataOptions, { stream, signal, ...(allowSkipped && { allowSkipped }) })
  const dataset = conditional ? withAttributes(opened, conditional) : opened
  const { size, sampleShape } = dataset
  if (!conditional) return { dataset, described: { size, sampleShape } }
  const attributes = await listConditions(dataset)
  return { dataset, described: { size, sampleShape, condition: { kind: 'categories', attributes } } }
}

/**
 * Compares the data and the backend with those of the run that is resumed.
 * @returns whether the data begin with a new epoch
 * @throws GankitError for other data, unless that is accepted
 */
function compareWithRun(
  previous: PreviousRun,
  { dataset, backend }: RunConfig,
  { resume, acceptChanges = false }: TrainFlags,
  { report }: Context,
): boolean {
  const before = previous.config
  const differences = compareConfigs({ dataset: before.dataset }, { dataset })
  checkDifferences(resume!, differences, acceptChanges)
  if (compareConfigs(before.backend, backend).length > 0)
    report(
      `         the run was on ${before.backend.name} with ${before.backend.threads} threads in ${before.backend.precision}: its weights will differ in the last digits from those that it would have had`,
    )
  return previous.newEpoch || differences.length > 0
}

/** Data that changed, or that come in batches of another size, begin with the next epoch. */
function choosePosition(position: Position | undefined, newEpoch: boolean): Position | undefined {
  if (!position || !newEpoch) return position
  return { epoch: position.batch > 0 ? position.epoch + 1 : position.epoch, batch: 0 }
}
