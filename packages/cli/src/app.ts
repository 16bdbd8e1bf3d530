import type { Dataset, Gan } from '@gankit/core'
import type { ObjectiveName } from '@gankit/losses'
import type { OptimizerSettings } from '@gankit/trainer'

/** How a GAN is trained; plain data, kept in a run's config.json. */
export interface TrainingSettings {
  /** Steps of Algorithm 1. */
  readonly steps: number
  /** Samples in a batch. */
  readonly batch: number
  /** Numbers in a latent. */
  readonly latent: number
  /** Moves of D before each of G. */
  readonly discriminatorSteps: number
  readonly objective: ObjectiveName
  readonly optimizers: { readonly generator: OptimizerSettings; readonly discriminator: OptimizerSettings }
  /** Decay of the moving average of G that is sampled and saved; left out: G itself is. */
  readonly averageDecay?: number
  /** Steps between two sample grids. */
  readonly sampleEvery: number
}

export interface Preset<Model> {
  /** One line for the help. */
  readonly description: string
  /** Options of the model, plain data. */
  readonly model: Model
  readonly training: TrainingSettings
}

/** Where an app's data comes from: 'embedded' and its like, or a folder. */
export interface DataSource {
  /** As it stands in config.json: a name, or an absolute path. */
  readonly spec: string
  /** Says what is being done, in one line. */
  report(line: string): void
}

/** An application: data, a model and presets, handed to the commands. */
export interface App<Model = unknown> {
  /** Its name on the command line; its package is `@gankit/<name>`. */
  readonly name: string
  readonly title: string
  readonly presets: Readonly<Record<string, Preset<Model>>>
  readonly defaultPreset: string
  /** Names that `--data` takes beside a folder. The first is the default. */
  readonly dataNames: readonly string[]
  openData(source: DataSource): Promise<Dataset>
  createGan(options: {
    readonly model: Model
    readonly latent: number
    readonly sampleShape: readonly number[]
    readonly seed: number
  }): Gan
}

/** Lets TypeScript check an app; gives it back as it is. */
export function defineApp<Model>(app: App<Model>): App<Model> {
  return app
}
