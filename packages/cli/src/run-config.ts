import { GankitError } from '@gankit/core'
import { type DataOptions, dataKinds, fullSpec, parseSpec } from '@gankit/datasets/node'
import type { Precision } from '@gankit/runtime'
import { readRunConfig } from '@gankit/trainer/node'
import * as tf from '@tensorflow/tfjs'
import manifest from '../package.json' with { type: 'json' }
import type { App, TrainingSettings } from './app.ts'
import { dataOptionsOf } from './data-flags.ts'
import { presetOf, type TrainFlags, withFlags } from './settings.ts'

/** Everything needed to run a run again: its config.json. */
export interface RunConfig {
  readonly version: 1
  readonly app: string
  readonly preset: string
  /** A spec, with an absolute path where it has one. */
  readonly data: string
  /** What the data were told; absent in older runs. */
  readonly dataOptions?: DataOptions
  readonly seed: number
  readonly model: unknown
  readonly training: TrainingSettings
  readonly backend: {
    readonly name: string
    readonly threads: number
    /** Absent in older runs: float32. */
    readonly precision?: Precision
  }
  readonly versions: { readonly gankit: string; readonly tfjs: string; readonly node: string }
}

/** The configuration of a new run. @throws GankitError for unknown names */
export function configOf(app: App, flags: TrainFlags): Omit<RunConfig, 'backend'> {
  const [preset, { model, training }] = presetOf(app, flags.preset)
  return {
    version: 1,
    app: app.name,
    preset,
    ...dataOf(app, flags),
    seed: flags.seed ?? 0,
    model,
    training: withFlags(training, flags),
    versions: { gankit: manifest.version, tfjs: tf.version['tfjs-core'], node: process.versions.node },
  }
}

/** What `--data` and the flags beside it mean for an app. */
function dataOf({ data: { default: usual, kinds, options = {} } }: App, flags: TrainFlags) {
  const spec = parseSpec(flags.data ?? usual, kinds)
  const known: readonly string[] = dataKinds[spec.kind].options
  const own = Object.fromEntries(Object.entries(options).filter(([name]) => known.includes(name)))
  return { data: fullSpec(spec), dataOptions: { ...own, ...dataOptionsOf(flags) } }
}

/** Flags that a run which goes on may be given. */
const changeable = new Set(['resume', 'steps', 'backend', 'threads', 'precision', 'allowSkipped', 'json'])

/**
 * The configuration of a run that goes on, with its new number of steps.
 * @throws GankitError when it is no run, or a flag would change what was trained so far
 */
export async function resumedConfig(run: string, flags: TrainFlags): Promise<RunConfig> {
  const fixed = Object.keys(flags).find(flag => !changeable.has(flag))
  if (fixed)
    throw new GankitError(
      'cli',
      'option',
      `--${fixed.replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`)} can't be changed when a run goes on: leave it out, or start a new run`,
    )
  const config = (await readRunConfig(run)) as RunConfig
  if (config?.version !== 1 || typeof config.app !== 'string' || !config.training)
    throw new GankitError('cli', 'data', `${run}/config.json has version ${config?.version}, expected 1`)
  return { ...config, training: { ...config.training, steps: flags.steps ?? config.training.steps } }
}
