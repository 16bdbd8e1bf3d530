import { GankitError } from '@gankit/core'
import { formatSpec, parseSpec } from '@gankit/datasets/node'
import {
  type App,
  checkRunConfig,
  type PlannedData,
  type ResumeChanges,
  type ResumedConfig,
  type RunConfig,
  resumeConfig,
} from '@gankit/experiment'
import { isAppPath, loadApp, lockRun, openApp, readRunConfig } from '@gankit/experiment/node'
import { loadCheckpoint } from '@gankit/trainer'
import type { Checkpoint } from '@gankit/trainer/checkpoints'
import { fileStore } from '@gankit/trainer/node'
import { placeCaptions } from '../data/choose.ts'
import { readOneStream, readStreams, type StreamChoice } from '../data/stream-flags.ts'
import { blameFlag } from '../terminal/flag-names.ts'
import type { TrainFlags } from './flags.ts'

/** A run that is resumed, and held by this process. */
export interface PreviousRun extends ResumedConfig {
  /** Undefined where the run ended before it wrote one: it begins again. */
  readonly checkpoint: Checkpoint | undefined
  /** Lets other processes have the run. */
  release(): Promise<void>
}

/**
 * The app that trains: of a run that is resumed the one in its configuration, from the folder that was typed where one was.
 * @param app what was typed: a name, or the path of a folder
 * @throws GankitError for an app that isn't there
 */
export async function openRunApp(app: string | undefined, previous: PreviousRun | undefined): Promise<App> {
  return previous && !(app !== undefined && isAppPath(app)) ? loadApp(previous.config.app) : openApp(app)
}

/**
 * Locks a run and reads its newest whole checkpoint.
 * @param report gets a line for each damaged checkpoint, and for each difference that was accepted
 * @throws GankitError when another process has the run, when none of its checkpoints can be read, or when the flags don't
 *   fit the run
 */
export async function openPreviousRun(
  run: string,
  app: string | undefined,
  flags: TrainFlags,
  report: (line: string) => void,
): Promise<PreviousRun> {
  if (flags.out !== undefined)
    throw new GankitError('cli', 'option', `--out is '${flags.out}': a run that is resumed stays where it is`)
  const config = await blameFlag('--resume', run, () => readRunConfig(run))
  const release = await lockRun(run)
  try {
    const store = fileStore(run)
    const hasBegun = (await store.list()).length > 0
    const checkpoint = hasBegun
      ? await loadCheckpoint(store, {
          onDamaged: ({ message }) => report(`         ${message}; the checkpoint before it is used`),
        })
      : undefined
    const before = checkpoint?.config
      ? checkRunConfig(checkpoint.config, `the last checkpoint of ${run}`)
      : config
    const resumed = resumeConfig(
      run,
      config,
      before,
      readChanges(app, config, flags),
      flags.acceptChanges ?? false,
    )
    for (const line of resumed.accepted) report(`         accepted: ${line}`)
    return { ...resumed, checkpoint, release }
  } catch (error) {
    await release().catch(() => undefined)
    throw error
  }
}

/** What a person asks to change. `--conditional` without names changes nothing: the run has its own. */
function readChanges(app: string | undefined, { streams }: RunConfig, flags: TrainFlags): ResumeChanges {
  const { preset, seed, conditional, allowSkipped } = flags
  return {
    ...(app !== undefined && { app }),
    ...(preset !== undefined && { preset }),
    ...(seed !== undefined && { seed }),
    ...(allowSkipped !== undefined && { allowSkipped }),
    ...(conditional !== undefined && conditional !== true && { conditional }),
    ...(streams ? { streams: readStreamChanges(streams, flags) } : toChange(readOneStream(flags))),
    flags,
  }
}

function readStreamChanges(
  streams: Readonly<Record<string, PlannedData>>,
  flags: TrainFlags,
): Readonly<Record<string, Partial<PlannedData>>> {
  const before = Object.entries(streams).map(([stream, { data }]) => [stream, data])
  const choices = Object.entries(readStreams(flags, Object.fromEntries(before)))
  return Object.fromEntries(choices.map(([stream, choice]) => [stream, toChange(choice)]))
}

function toChange({ data, dataOptions }: StreamChoice): Partial<PlannedData> {
  const spec = data === undefined ? undefined : parseSpec(data)
  return { ...(spec && { data: formatSpec(spec) }), dataOptions: placeCaptions(dataOptions, spec?.kind) }
}
