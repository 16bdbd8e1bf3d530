import type { Batch, Generator, NamedWeights, RandomStream, ScalarDescription } from '@gankit/core'
import type * as tf from '@tensorflow/tfjs'
import type { NamedArray } from '../checkpoint/safetensors.ts'
import type { Gradients, Optimizer } from '../optimizers/optimizer.ts'

/** Networks by their names: 'generator', 'discriminator'; or 'horse-to-zebra' and so on. */
export type Networks = Readonly<Record<string, tf.LayersModel>>

/** Who learns: weights, and the optimizer that changes them. */
export interface Player {
  /** Everything that this player's updates may change; nothing else does. */
  readonly weights: NamedWeights
  /** One of its own, since it remembers its weights. */
  readonly optimizer: Optimizer
  /** The greatest length of the gradient of all its weights; a longer one is scaled down. Default: any. */
  readonly clipNorm?: number
}

/** What an update may work with. */
export interface UpdateContext {
  /** Steps taken before this one. */
  readonly step: number
  /** Samples in the batch that this step took last. */
  readonly batchSize: number
  /** The batches that the update asks for, by the names of their streams. */
  readonly batches: Readonly<Record<string, Batch>>
  /** Tensors that this update's `prepare` and earlier updates of this step have shared, by name. */
  readonly shared: Readonly<Record<string, tf.Tensor>>
  /** Random numbers of this update and of nothing else. */
  random(purpose: string): RandomStream
}

/** What an update minimizes. */
export interface UpdateLoss {
  readonly loss: tf.Scalar
  /** Scalars worth watching, logged as '<player>/<name>'. */
  readonly scalars?: Readonly<Record<string, tf.Scalar>>
  /** Tensors for later updates of the same step, such as the fakes that D is to judge. */
  readonly shared?: Readonly<Record<string, tf.Tensor>>
}

/** One player's turn in a step: what it looks at, and the loss that its weights are changed to lower. */
export interface Update {
  readonly player: string
  /** Streams of data of which it takes the next batch. Default: none. */
  readonly nextBatches?: readonly string[]
  /** Streams of which it sees the batch that this step took last, or the next one where it took none. Default: none. */
  readonly currentBatches?: readonly string[]
  /**
   * Work without gradients before the loss: sampled sequences and their rewards, samples out of a pool. Its tensors
   * become `shared`, and are freed at the end of the step.
   */
  prepare?(
    context: UpdateContext,
  ): Readonly<Record<string, tf.Tensor>> | Promise<Readonly<Record<string, tf.Tensor>>>
  /** A function of the player's weights. */
  loss(context: UpdateContext): UpdateLoss
}

/** Updates that all start from the same weights: the gradients of all are computed, then all are applied. */
export type Round = readonly Update[]

/** What a `GameState` keeps, as plain numbers. */
export interface SavedState {
  readonly arrays: ReadonlyMap<string, NamedArray>
  /** Whole numbers and the like, by name. */
  readonly values: Readonly<Record<string, number>>
}

/** Something that a game keeps from step to step beside weights, such as a pool of samples; checkpoints hold it. */
export interface GameState {
  save(): Promise<SavedState>
  /** @throws GankitError, before anything is changed, for arrays or values that are not its own */
  restore(saved: SavedState): void
  dispose(): void
}

/** Any number of networks that learn against or with one another. */
export interface Game {
  readonly networks: Networks
  readonly players: Readonly<Record<string, Player>>
  /** Networks that make samples: they are averaged, sampled and saved. The first one is the game's main one. */
  readonly generators: Readonly<Record<string, Generator>>
  /** Names of the streams of data: ['real'], or ['photos', 'paintings']. */
  readonly streams: readonly string[]
  /** How its scalars are shown. Scalars that are not described are shown under their own names. */
  readonly scalars: readonly ScalarDescription[]
  /** What it keeps beside weights, by name. Default: nothing. */
  readonly state?: Readonly<Record<string, GameState>>
  /** The most updates that a step has; each has random numbers of its own. */
  readonly updatesPerStep: number
  /** The rounds of the step that follows `step` steps. */
  rounds(step: number): readonly Round[]
}

/** A seam between computing gradients and applying them: several workers may average theirs here. */
export type ReduceGradients = (
  gradients: Gradients,
  update: Update & { readonly weights: NamedWeights },
) => Gradients | Promise<Gradients>
