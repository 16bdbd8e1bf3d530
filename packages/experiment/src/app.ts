import { type Condition, type Gan, lookUp } from '@gankit/core'
import type { DataKind, DataKindFilter, DataOptions } from '@gankit/datasets/node'
import type { Game } from '@gankit/trainer'
import { checkTrainingSettings } from './settings/check.ts'
import type { TrainingSettings } from './settings/types.ts'

/** A model and how it is trained, under a name. */
export interface Preset<Model> {
  /** One line for people. */
  readonly description: string
  /** Options of the model, plain data. */
  readonly model: Model
  readonly training: TrainingSettings
}

/** What an app learns from. */
export interface AppData {
  /** The data where `--data` is left out: 'embedded', 'cartoon:20000'. */
  readonly default: string
  /** The kinds of data that fit the app, by name or by what they give; others are refused. */
  readonly kinds: readonly DataKind[] | DataKindFilter
  /** Options of the data unless flags say otherwise; kinds of data that don't have an option leave it out. */
  readonly options?: DataOptions
  /** The attributes that `--conditional` without names stands for; 'class' means the labels. */
  readonly conditions?: readonly string[]
}

/** From what an app makes its networks. */
export interface CreateOptions<Model> {
  readonly model: Model
  /** Numbers of noise. */
  readonly latentSize: number
  /** The shape of one sample of the data. */
  readonly sampleShape: readonly number[]
  /** Seed of the networks' initial weights. */
  readonly seed: number
  /** What the generator is conditioned on. Default: nothing. */
  readonly condition?: Condition
}

interface AppBase<Model> {
  /** Its name on the command line: that of its package without the scope. */
  readonly name: string
  readonly title: string
  readonly presets: Readonly<Record<string, Preset<Model>>>
  readonly defaultPreset: string
  readonly data: AppData
  /** 'dense' for networks of dense layers, which native TensorFlow trains faster on one thread. Default 'convolutional'. */
  readonly workload?: 'dense' | 'convolutional'
  /** The folder of a trained generator that comes with the app. */
  readonly generator?: string
}

/** An app that trains a generator against a discriminator, as the training settings say. */
export interface GanApp<Model = unknown> extends AppBase<Model> {
  createGan(options: CreateOptions<Model>): Gan
  readonly createGame?: never
}

/** An app with a game of its own: other networks, other updates. */
export interface GameApp<Model = unknown> extends AppBase<Model> {
  createGame(options: CreateOptions<Model> & { readonly training: TrainingSettings }): Game
  readonly createGan?: never
}

/** An application: data, a model and presets, which the commands train. */
export type App<Model = unknown> = GanApp<Model> | GameApp<Model>

/** Lets TypeScript check an app, and checks its presets. @throws GankitError for a preset with settings out of range */
export function defineApp<Model>(app: GanApp<Model>): GanApp<Model>
export function defineApp<Model>(app: GameApp<Model>): GameApp<Model>
export function defineApp<Model>(app: App<Model>): App<Model> {
  const { name, presets, defaultPreset } = app
  for (const [preset, { training }] of Object.entries(presets))
    checkTrainingSettings(training, `preset '${preset}' of ${name}`)
  lookUp('experiment', `defaultPreset of ${name}`, defaultPreset, presets)
  return app
}

/** A preset of an app, the default one where no name is given. @throws GankitError that lists the presets */
export function selectPreset<Model>(
  app: App<Model>,
  name: string = app.defaultPreset,
): [name: string, preset: Preset<Model>] {
  return [name, lookUp('experiment', `preset of ${app.name}`, name, app.presets)]
}
