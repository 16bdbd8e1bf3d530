import { type Condition, GankitError } from '@gankit/core'
import { type DataOptions, dataKinds, formatSpec, parseSpec } from '@gankit/datasets/node'
import type { Precision } from '@gankit/runtime'
import * as tf from '@tensorflow/tfjs'
import manifest from '../package.json' with { type: 'json' }
import type { App, TrainingSettings } from './app.ts'
import { type DataFlags, dataOptionsOf } from './data-flags.ts'
import type { TrainFlags } from './flags.ts'
import { presetOf, withFlags } from './settings.ts'

/** Everything needed to run a run again: its config.json. */
export interface RunConfig {
  readonly version: 2
  readonly app: string
  readonly preset: string
  /** A spec, with an absolute path where it has one. */
  readonly data: string
  /** What the data were told. */
  readonly dataOptions: DataOptions
  /** Attributes that the generator can be asked for. */
  readonly conditional?: readonly string[]
  readonly seed: number
  readonly model: unknown
  readonly training: TrainingSettings
  /** What the data came to: a run that goes on expects the same. */
  readonly dataset: {
    readonly size: number
    readonly sampleShape: readonly number[]
    /** What the generator can be asked for. */
    readonly conditions?: readonly Condition[]
  }
  readonly backend: {
    readonly name: string
    readonly threads: number
    readonly precision: Precision
  }
  readonly versions: { readonly gankit: string; readonly tfjs: string; readonly node: string }
}

/** A configuration before its data are opened and its backend is chosen. */
export type PlannedConfig = Omit<RunConfig, 'backend' | 'dataset'>

/** The configuration of a new run. @throws GankitError for unknown names */
export function configOf(app: App, flags: TrainFlags): PlannedConfig {
  const [preset, { model, training }] = presetOf(app, flags.preset)
  return {
    version: 2,
    app: app.name,
    preset,
    ...dataOf(app, flags),
    ...(flags.conditional && { conditional: conditionalOf(app, flags.conditional) }),
    seed: flags.seed ?? 0,
    model,
    training: withFlags(training, flags),
    versions: { gankit: manifest.version, tfjs: tf.version['tfjs-core'], node: process.versions.node },
  }
}

/** What `--data` and the flags beside it mean for an app. */
export function dataOf(
  { data: { default: usual, kinds, options = {} } }: App,
  flags: DataFlags & { readonly data?: string },
): Pick<RunConfig, 'data' | 'dataOptions'> {
  const spec = parseSpec(flags.data ?? usual, kinds)
  const known: readonly string[] = dataKinds[spec.kind].options
  const own = Object.fromEntries(Object.entries(options).filter(([name]) => known.includes(name)))
  return { data: formatSpec(spec), dataOptions: { ...own, ...dataOptionsOf(flags) } }
}

/** The attributes that `--conditional` names, or the app's own. @throws GankitError where neither names any */
function conditionalOf({ name, data }: App, given: true | readonly string[]): readonly string[] {
  const names = given === true ? (data.conditions ?? []) : given
  if (names.length > 0) return names
  throw new GankitError(
    'cli',
    'option',
    `--conditional names no attributes, and ${name} has none of its own: name some, as in --conditional class`,
  )
}
