import type * as tf from '@tensorflow/tfjs'
import type { RandomStream } from './random.ts'

/** What a penalty on D may look at. */
export interface PenaltyTurn {
  /** The samples that D has just judged, [n, ...sampleShape]. */
  readonly real: tf.Tensor
  readonly fake: tf.Tensor
  /** D's logits [n, 1] on samples of the caller's, as in training; statistics of batch norm stay where they are. */
  judge(samples: tf.Tensor): tf.Tensor
  /** Random numbers of this move and no other. */
  random(purpose: string): RandomStream
}

/** A term of D's loss that looks at D around its samples, not at its verdict on them. */
export interface Penalty {
  readonly name: string
  /** Steps from one that carries the penalty to the next; it then weighs as many times as much. 1: every step. */
  readonly every: number
  /** The term, weighed by its own factor, for one step out of one. A function of D's weights, also in second order. */
  value(turn: PenaltyTurn): tf.Scalar
}

/**
 * What the two players want, as losses to be minimised. Both take logits [n, 1], never probabilities, and give a
 * scalar, the mean over the batch. A logit above zero means "real", whatever the loss.
 */
export interface Objective {
  readonly name: string
  /** D's loss from its logits on real and on fake samples. */
  discriminator(real: tf.Tensor, fake: tf.Tensor): tf.Scalar
  /** G's loss from D's logits on fake samples; on real ones too where `comparesWithReal` is true. */
  generator(fake: tf.Tensor, real?: tf.Tensor): tf.Scalar
  /** Whether G's loss needs D's logits on real samples. Default false. */
  readonly comparesWithReal?: boolean
  /** What D's loss has beside it. Default: nothing. */
  readonly penalties?: readonly Penalty[]
  /**
   * Both losses, without penalties, where D can't tell fakes from real samples: all logits are alike, and 0 (D = 0.5)
   * unless labels are moved.
   */
  readonly equilibrium: { readonly discriminator: number; readonly generator: number }
}
