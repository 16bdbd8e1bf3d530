import type * as tf from '@tensorflow/tfjs'

/**
 * What the two players want, as losses to be minimised. Both take logits [n, 1], never probabilities, and give a
 * scalar, the mean over the batch.
 */
export interface Objective {
  readonly name: string
  /** D's loss from its logits on real and on fake samples. */
  discriminator(real: tf.Tensor, fake: tf.Tensor): tf.Scalar
  /** G's loss from D's logits on fake samples. */
  generator(fake: tf.Tensor): tf.Scalar
  /** Both losses where D can't tell fakes from real samples, so that D = 0.5 everywhere. */
  readonly equilibrium: { readonly discriminator: number; readonly generator: number }
}
