import { GankitError } from '@gankit/core'
import { formatSpec, parseSpec } from '@gankit/datasets/node'
import { readRunConfig } from '@gankit/trainer/node'
import { dataOptionsOf } from './data-flags.ts'
import { type Difference, differencesOf, inWords } from './differences.ts'
import type { TrainFlags } from './flags.ts'
import type { RunConfig } from './run-config.ts'
import { withFlags } from './settings.ts'

/** What follows from these can't be taken back: the networks' shapes, the optimizers' memory, what was drawn so far. */
const fixed = /^(app|preset|conditional\b.*|seed|model\b.*|latent|optimizers\.\w+\.name)$/
/** Where the data stand in an epoch means nothing any more when these change. */
const movesData = /^(batch|data\b.*|dataset\b.*)$/

/** A run's configuration as it goes on. */
export interface Resumed {
  readonly config: RunConfig
  /** Whether the data begin a new epoch. */
  readonly newEpoch: boolean
  /** One line for each difference that was accepted. */
  readonly accepted: readonly string[]
}

/** Reads the configuration of a run. @throws GankitError when the folder is no run, or of another version */
export async function configOfRun(run: string): Promise<RunConfig> {
  const config = (await readRunConfig(run)) as RunConfig
  if (config?.version !== 2 || typeof config.app !== 'string' || !config.training)
    throw new GankitError(
      'cli',
      'data',
      `${run}/config.json has version ${config?.version}, expected 2: it was written by another version of gankit; start a new run`,
    )
  return config
}

/**
 * The configuration that a run goes on with: its own, with a new number of steps and, if that is accepted, with what
 * flags change, or somebody has changed in config.json since its checkpoint.
 * @param checkpointed the configuration that the checkpoint was written with
 * @throws GankitError that lists what differs, and says what would accept it
 */
export function resumedConfig(
  run: string,
  config: RunConfig,
  checkpointed: RunConfig,
  app: string | undefined,
  flags: TrainFlags,
): Resumed {
  if (flags.out !== undefined)
    throw new GankitError('cli', 'option', `--out is '${flags.out}': a run that goes on stays where it is`)
  const wanted: RunConfig = {
    ...config,
    ...(app !== undefined && { app }),
    ...(flags.preset !== undefined && { preset: flags.preset }),
    ...(flags.seed !== undefined && { seed: flags.seed }),
    ...(Array.isArray(flags.conditional) && { conditional: flags.conditional }),
    ...(flags.data !== undefined && { data: formatSpec(parseSpec(flags.data)) }),
    dataOptions: { ...config.dataOptions, ...dataOptionsOf(flags) },
    training: withFlags(config.training, flags),
  }
  const differences = differencesOf(comparable(checkpointed), comparable(wanted))
  checkAccepted(run, differences, flags)
  return {
    config: wanted,
    newEpoch: differences.some(({ path }) => movesData.test(path)),
    accepted: differences.map(inWords),
  }
}

/** @throws GankitError unless these may differ and that is accepted */
export function checkAccepted(
  run: string,
  differences: readonly Difference[],
  { acceptChanges }: TrainFlags,
): void {
  const refuse = (found: readonly Difference[], wayOut: string) => {
    if (found.length > 0)
      throw new GankitError(
        'cli',
        'option',
        `${run} does not go on with this: ${found.map(inWords).join('; ')}. ${wayOut}`,
      )
  }
  refuse(
    differences.filter(({ path }) => fixed.test(path)),
    'That can’t be changed when a run goes on: leave it as it was, or start a new run',
  )
  if (!acceptChanges)
    refuse(
      differences,
      'Leave it as it was, or add --accept-changes: it will go on, though not as it would have',
    )
}

/** What must not differ, without what may: where a run ends, how often it is looked at, what it runs on. */
function comparable({
  app,
  preset,
  seed,
  model,
  data,
  dataOptions,
  conditional,
  training,
}: RunConfig): object {
  const { steps, sampleEvery, checkpointEvery, evaluateEvery, bestBy, keep, ...rest } = training
  return { app, preset, seed, model, data, dataOptions: dataOptions ?? {}, conditional, ...rest }
}
