import type { Condition, Gan } from '@gankit/core'
import type { DataKind, DataOptions } from '@gankit/datasets/node'
import type { ObjectiveName, ObjectiveSettings } from '@gankit/losses'
import type { Workload } from '@gankit/runtime/node'
import type {
  DifferentiableAugmentationOptions,
  GuardOptions,
  OptimizerSettings,
  ScheduleSettings,
} from '@gankit/trainer'

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
  /** First steps in which D alone moves. Default 0. */
  readonly warmUpDiscriminator?: number
  /** Whether both players move at once. Default false. */
  readonly simultaneous?: boolean
  /** By its name, or with options and penalties. */
  readonly objective: ObjectiveName | ObjectiveSettings
  readonly optimizers: { readonly generator: OptimizerSettings; readonly discriminator: OptimizerSettings }
  /** The greatest length of a network's gradient. Default: any. */
  readonly clipNorm?: { readonly generator?: number; readonly discriminator?: number }
  /** Standard deviation of normal noise on all that D sees. Default: none. */
  readonly instanceNoise?: ScheduleSettings
  /** Changes to all images that D sees, which G learns through: for small sets. Default: none. */
  readonly augmentation?: DifferentiableAugmentationOptions
  /** Of fewer images than this all that D sees is changed, unless `--no-augment` is given. Default: never. */
  readonly augmentBelow?: number
  /** Decay of the moving average of G that is sampled and saved; left out: G itself is. */
  readonly averageDecay?: number
  /** Steps between two sample grids. */
  readonly sampleEvery: number
  /** Steps between two checkpoints. Default 500. */
  readonly checkpointEvery?: number
  /** Steps between two measurements of quality, which keep the best generator. Default: none. */
  readonly evaluateEvery?: number
  /** The figure that says which generator is the best. Default: the Fréchet distance where it can be had. */
  readonly bestBy?: string
  /** Checkpoints that are kept. Default 2. */
  readonly keep?: number
  /** What is done when a loss or gradient is not finite. Default: the trainer's own. */
  readonly guard?: GuardOptions
}

export interface Preset<Model> {
  /** One line for the help. */
  readonly description: string
  /** Options of the model, plain data. */
  readonly model: Model
  readonly training: TrainingSettings
}

/** What an app learns from. */
export interface AppData {
  /** What `--data` is where it is left out. */
  readonly default: string
  /** The kinds of data that will do; others are refused. */
  readonly kinds: readonly DataKind[]
  /** What pictures become unless flags say otherwise; kinds of data that have no such option leave it out. */
  readonly options?: DataOptions
  /** Attributes that `--conditional` asks for where it names none; 'class' stands for labels. */
  readonly conditions?: readonly string[]
}

/** An application: data, a model and presets, handed to the commands. */
export interface App<Model = unknown> {
  /** Its name on the command line; its package is `@gankit/<name>`. */
  readonly name: string
  readonly title: string
  readonly presets: Readonly<Record<string, Preset<Model>>>
  readonly defaultPreset: string
  readonly data: AppData
  /** 'dense' for nets of dense layers, as for `selectBackend`. */
  readonly workload?: Workload
  /** The folder of a trained generator that comes with the app. */
  readonly generator?: string
  createGan(options: {
    readonly model: Model
    /** Numbers of noise. */
    readonly latent: number
    readonly sampleShape: readonly number[]
    readonly seed: number
    /** What the generator can be asked for; their numbers come behind the latent's. */
    readonly conditions?: readonly Condition[]
  }): Gan
}

/** Lets TypeScript check an app; gives it back as it is. */
export function defineApp<Model>(app: App<Model>): App<Model> {
  return app
}
