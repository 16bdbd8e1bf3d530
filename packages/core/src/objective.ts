import type * as tf from '@tensorflow/tfjs'
import type { RandomStream } from './random.ts'

/** What a penalty on D may look at. */
export interface PenaltyContext {
  /** The samples that D has just judged, [n, ...sampleShape]. */
  readonly real: tf.Tensor
  readonly fake: tf.Tensor
  /** D's logits on samples of the caller's, as in training; the statistics of batch norm stay as they are. */
  discriminate(samples: tf.Tensor): tf.Tensor
  /** Random numbers of this update and of nothing else. */
  random(purpose: string): RandomStream
}

/** A term of D's loss that looks at D around its samples, not at its logits on them. */
export interface Penalty {
  /** Its scalar is logged as 'discriminator/<name>'. */
  readonly name: string
  /** Steps from one that carries the penalty to the next; it then weighs as many times as much. 1: every step. */
  readonly every: number
  /** The term, weighed by its own factor, for one step out of one. A function of D's weights, also in second order. */
  value(context: PenaltyContext): tf.Scalar
}

/**
 * A named term of a loss beside its adversarial part, such as the L1 distance of pix2pix or the cycle loss of CycleGAN.
 * @typeParam Context the tensors that it compares
 */
export interface Term<Context> {
  /** Its scalar, before it is weighed, is logged as '<player>/<name>'. */
  readonly name: string
  /** By what the value is multiplied in the loss. */
  readonly weight: number
  /** A function of the player's weights. */
  value(context: Context): tf.Scalar
}

/** What a term of G's loss may look at in Algorithm 1. */
export interface GeneratorTermContext {
  /** [n, ...sampleShape], of the conditions of `real` where there are any. */
  readonly fake: tf.Tensor
  /** Real samples [n, ...sampleShape], those that go with the same conditions. */
  readonly real: tf.Tensor
  /** [n, ...conditionShape], where the GAN has a condition. */
  readonly condition?: tf.Tensor
  /** What D's hidden layers make of samples, first layer first. */
  features(samples: tf.Tensor): readonly tf.Tensor[]
}

/**
 * What the two players want, as losses to be minimized. Both take logits, [n, 1] or a map [n, height, width, 1], never
 * probabilities, and give a scalar, the mean over all logits. A logit above zero means "real", whatever the loss.
 */
export interface Objective {
  readonly name: string
  /** D's loss from its logits on real and on fake samples. */
  discriminator(real: tf.Tensor, fake: tf.Tensor): tf.Scalar
  /** G's loss from D's logits on fake samples; on real ones too where `comparesWithReal` is true. */
  generator(fake: tf.Tensor, real?: tf.Tensor): tf.Scalar
  /** Whether G's loss needs D's logits on real samples. Default false. */
  readonly comparesWithReal?: boolean
  /** Penalties added to D's loss. Default: none. */
  readonly penalties?: readonly Penalty[]
  /** Terms added to G's loss; they compare with real samples, so that G's update takes a batch. Default: none. */
  readonly terms?: readonly Term<GeneratorTermContext>[]
  /**
   * Both losses, without penalties and terms, where D can't tell fakes from real samples: all logits are alike, and 0
   * (D = 0.5) unless labels are smoothed.
   */
  readonly equilibrium: { readonly discriminator: number; readonly generator: number }
}
