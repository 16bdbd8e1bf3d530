import { GankitError } from '@gankit/core'
import { compareConfigs, type Difference, formatDifference } from './differences.ts'
import type { RunConfig } from './run-config.ts'
import { changeSettings } from './settings/check.ts'
import type { TrainingFlags } from './settings/flags.ts'
import type { ResumeRule, Setting } from './settings/setting.ts'
import { trainingSettings } from './settings/training-settings.ts'
import { mapStreams, type PlannedData } from './streams.ts'

/** What a person asks to change about a run that is resumed. */
export interface ResumeChanges
  extends Partial<Pick<RunConfig, 'app' | 'preset' | 'seed' | 'conditional' | 'allowSkipped'>>,
    Partial<PlannedData> {
  /** Data of the streams of a game with several, by name. */
  readonly streams?: Readonly<Record<string, Partial<PlannedData>>>
  /** Flags of the table of settings, by name. */
  readonly flags?: TrainingFlags
}

/** A run's configuration as the resumed run has it. */
export interface ResumedConfig {
  readonly config: RunConfig
  /** Whether the data begin with a new epoch. */
  readonly newEpoch: boolean
  /** One line for each accepted difference. */
  readonly accepted: readonly string[]
}

interface Rule {
  readonly onResume: ResumeRule
  readonly restartsEpoch?: true
}

/** The rules of all that a configuration has beside training settings. What isn't here may change freely. */
const rules: Readonly<Partial<Record<keyof RunConfig, Rule>>> = {
  app: { onResume: 'fixed' },
  preset: { onResume: 'fixed' },
  conditional: { onResume: 'fixed' },
  seed: { onResume: 'fixed' },
  model: { onResume: 'fixed' },
  data: { onResume: 'accept', restartsEpoch: true },
  dataOptions: { onResume: 'accept' },
  dataset: { onResume: 'accept', restartsEpoch: true },
}

/** The rule for a difference: that of its setting, which may have parts with another rule. */
function findRule(path: string): Rule {
  const [name = '', ...rest] = path.split('.')
  // What a stream has goes by the rule of an only stream: 'streams.photos.data' by that of 'data'.
  if (name === 'streams') return rest.length < 2 ? { onResume: 'fixed' } : findRule(rest.slice(1).join('.'))
  if (!Object.hasOwn(trainingSettings, name)) return rules[name as keyof RunConfig] ?? { onResume: 'accept' }
  const row: Setting<unknown> = trainingSettings[name as keyof typeof trainingSettings]
  return row.fixedParts?.test(rest.join('.')) ? { onResume: 'fixed' } : row
}

/**
 * The configuration that a run is resumed with: its own, with the changes that are asked for, or that somebody made in
 * config.json since its checkpoint.
 * @param run the run's folder, for errors
 * @param checkpointed the configuration that the checkpoint was written with
 * @throws GankitError that lists the differences which aren't allowed, or not accepted
 */
export function resumeConfig(
  run: string,
  config: RunConfig,
  checkpointed: RunConfig,
  { flags = {}, data, dataOptions, streams = {}, ...changes }: ResumeChanges,
  acceptChanges: boolean,
): ResumedConfig {
  const planned = mapStreams(config, (stream, name) => {
    const change = name === undefined ? { data, dataOptions } : (streams[name] ?? {})
    return {
      ...stream,
      ...(change.data !== undefined && { data: change.data }),
      dataOptions: { ...stream.dataOptions, ...change.dataOptions },
    }
  })
  // TypeScript can't see that both sides have the same streams.
  const wanted = {
    ...config,
    ...planned,
    ...changes,
    training: changeSettings(config.training, flags),
  } as RunConfig
  const differences = compareConfigs(selectCompared(checkpointed), selectCompared(wanted))
  checkDifferences(run, differences, acceptChanges)
  return {
    config: wanted,
    newEpoch: differences.some(({ path }) => findRule(path).restartsEpoch),
    accepted: differences.map(formatDifference),
  }
}

/** @throws GankitError unless these may differ, and that is accepted */
export function checkDifferences(
  run: string,
  differences: readonly Difference[],
  acceptChanges: boolean,
): void {
  const refuse = (found: readonly Difference[], wayOut: string) => {
    if (found.length === 0) return
    const list = found.map(formatDifference).join('; ')
    throw new GankitError('experiment', 'option', `${run} can't be resumed with this: ${list}. ${wayOut}`)
  }
  refuse(
    differences.filter(({ path }) => findRule(path).onResume === 'fixed'),
    'That never changes in a run: leave it as it was, or start a new run',
  )
  if (!acceptChanges)
    refuse(
      differences,
      'Leave it as it was, or add --accept-changes: the run then goes on, but another way than it would have',
    )
}

/** What is compared, with the training settings beside the rest: everything but settings that may change freely. */
function selectCompared(config: RunConfig): object {
  const { training } = config
  const settings = Object.entries(trainingSettings).flatMap(([name, { onResume }]) => {
    const value = training[name as keyof typeof training]
    return onResume === 'free' || value === undefined ? [] : [[name, value]]
  })
  const others = Object.keys(rules).flatMap(name => {
    const value = config[name as keyof RunConfig]
    // The dataset is compared once the data are open.
    return name === 'dataset' || value === undefined ? [] : [[name, value]]
  })
  const { streams } = mapStreams(config, ({ data, dataOptions }) => ({ data, dataOptions }))
  return { ...Object.fromEntries([...others, ...settings]), ...(streams && { streams }) }
}
