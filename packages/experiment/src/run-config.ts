import { conditionOption, formatExpected, GankitError, wholeNumber } from '@gankit/core'
import * as v from 'valibot'
import { type App, selectPreset } from './app.ts'
import { changeSettings, checkTrainingSettings, checkUnusedFlags } from './settings/check.ts'
import type { TrainingFlags } from './settings/flags.ts'
import type { TrainingSettings } from './settings/types.ts'
import type { PerStream, PlannedData, StreamConfig } from './streams.ts'

/** The version of config.json that this gankit writes and resumes. */
export const configVersion = 3

interface RunSettings {
  readonly version: typeof configVersion
  /** The app's name. */
  readonly app: string
  /** The app's title, which reports and pages have above them. Default: the words of its name. */
  readonly title?: string
  readonly preset: string
  /** Attributes of the data that the generator is conditioned on. Default: none. */
  readonly conditional?: readonly string[]
  /** Whether the run goes on where many files of the data can't be read. Default: no. */
  readonly allowSkipped?: boolean
  readonly seed: number
  /** Options of the model, as the preset has them. */
  readonly model: unknown
  readonly training: TrainingSettings
  readonly versions: { readonly gankit: string; readonly tfjs: string; readonly node: string }
}

/** Everything needed to train a run again: its config.json. A game of several streams has their data under `streams`. */
export type RunConfig = RunSettings &
  PerStream<StreamConfig> & {
    readonly backend: {
      readonly name: string
      readonly threads: number
      readonly precision: 'float32' | 'mixed'
    }
  }

/** A configuration before its data are opened and its backend is chosen. */
export type PlannedConfig = RunSettings & PerStream<PlannedData>

/** What a person may choose about a new run; all else comes from the app. */
export interface RunChoices {
  readonly preset?: string
  /** Attributes by name; true for those of the app. */
  readonly conditional?: true | readonly string[]
  readonly seed?: number
  readonly allowSkipped?: boolean
  /** Flags of the table of settings, by name. */
  readonly flags?: TrainingFlags
}

/** The configuration of a new run. @throws GankitError for unknown names, values out of range, and flags without an effect */
export function planConfig(
  app: App,
  { preset: wanted, conditional, allowSkipped, seed = 0, flags = {} }: RunChoices,
  data: PerStream<PlannedData>,
  versions: RunConfig['versions'],
): PlannedConfig {
  const [preset, { model, training }] = selectPreset(app, wanted)
  checkUnusedFlags(app, preset, flags)
  return {
    version: configVersion,
    app: app.name,
    title: app.title,
    preset,
    ...data,
    ...(conditional && { conditional: chooseAttributes(app, conditional) }),
    ...(allowSkipped && { allowSkipped }),
    seed,
    model,
    training: changeSettings(training, flags),
    versions,
  }
}

/** The attributes that are named, or the app's own. @throws GankitError where there are none, or several streams */
function chooseAttributes({ name, data }: App, given: true | readonly string[]): readonly string[] {
  if (!data)
    throw new GankitError(
      'experiment',
      'option',
      `--conditional is given, and the game of ${name} reads several streams: leave it out, its conditions are its own`,
    )
  const names = given === true ? (data.conditions ?? []) : given
  const twice = names.find((one, i) => names.indexOf(one) !== i)
  if (twice !== undefined)
    throw new GankitError(
      'experiment',
      'option',
      `--conditional names '${twice}' twice, expected each attribute once`,
    )
  if (names.length > 0) return names
  throw new GankitError(
    'experiment',
    'option',
    `--conditional names no attributes and ${name} has none of its own, expected some: name them, as in --conditional class`,
  )
}

const nonempty = v.pipe(v.string(), v.nonEmpty())
const streamEntries = {
  data: nonempty,
  dataOptions: v.record(v.string(), v.unknown()),
  dataset: v.strictObject({
    size: wholeNumber(),
    sampleShape: v.array(wholeNumber()),
    condition: conditionOption,
    heldOut: v.optional(wholeNumber()),
  }),
}
const otherEntries = {
  version: v.literal(configVersion),
  app: nonempty,
  title: v.optional(v.string()),
  preset: nonempty,
  conditional: v.optional(v.array(v.string())),
  allowSkipped: v.optional(v.boolean()),
  seed: wholeNumber(0),
  model: v.unknown(),
  training: v.looseObject({ steps: wholeNumber() }),
  backend: v.strictObject({
    name: nonempty,
    threads: wholeNumber(),
    precision: v.picklist(['float32', 'mixed']),
  }),
  versions: v.strictObject({ gankit: v.string(), tfjs: v.string(), node: v.string() }),
}
const oneStreamSchema = v.strictObject({ ...otherEntries, ...streamEntries })
const streamsSchema = v.strictObject({
  ...otherEntries,
  streams: v.pipe(v.record(v.string(), v.strictObject(streamEntries)), v.minEntries(1)),
})

/**
 * Checks the content of a config.json to the last field.
 * @param where the file's path, for errors
 * @throws GankitError for an older or newer version, a field that is missing, unknown or out of range
 */
export function checkRunConfig(value: unknown, where: string): RunConfig {
  const version = (value as { version?: unknown } | null)?.version
  if (version !== configVersion)
    throw new GankitError(
      'experiment',
      'data',
      `${where} has version ${String(version)}, expected ${configVersion}: another version of gankit wrote it; start a new run`,
    )
  const result = v.safeParse('streams' in (value as object) ? streamsSchema : oneStreamSchema, value)
  if (!result.success) {
    const [issue] = result.issues
    throw new GankitError(
      'experiment',
      'data',
      `${where}: ${v.getDotPath(issue) ?? 'the content'} is ${issue.received}, expected ${issue.expected ? formatExpected(issue.expected) : issue.message}: undo the change to the file, or start a new run`,
    )
  }
  checkTrainingSettings((value as RunConfig).training, where)
  return value as RunConfig
}

/** What a list of runs says of a run, whatever the version of its config.json. */
export interface RunDescription {
  readonly version: number
  readonly app: string
  readonly preset: string
  /** The step at which the run ends. */
  readonly steps: number
  /** The whole configuration, where this gankit can resume the run. */
  readonly config?: RunConfig
}

/**
 * Reads as much of a config.json as a list of runs needs, also of the versions 1 and 2.
 * @param where the file's path, for errors
 * @throws GankitError for a newer version, and for anything else that is no run's configuration
 */
export function describeRunConfig(value: unknown, where: string): RunDescription {
  const { version, app, preset, training } = (value ?? {}) as Partial<Omit<RunConfig, 'version'>> & {
    readonly version?: unknown
  }
  if (version === configVersion) {
    const config = checkRunConfig(value, where)
    return {
      version: configVersion,
      app: config.app,
      preset: config.preset,
      steps: config.training.steps,
      config,
    }
  }
  if (version !== 1 && version !== 2)
    throw new GankitError(
      'experiment',
      'data',
      `${where} has version ${String(version)}, expected 1 to ${configVersion}: use the version of gankit that wrote it`,
    )
  if (typeof app !== 'string' || typeof preset !== 'string' || !Number.isSafeInteger(training?.steps))
    throw new GankitError(
      'experiment',
      'data',
      `${where} names no app, preset or number of steps, expected the configuration of a run`,
    )
  return { version, app, preset, steps: training!.steps }
}
