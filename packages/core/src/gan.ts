import type * as tf from '@tensorflow/tfjs'
import type { Latent } from './latent.ts'

/** Two networks and what they agree on; plain data. */
export interface Gan {
  /** [n, latent.size] → [n, ...sampleShape], in [−1, 1] */
  readonly generator: tf.LayersModel
  /**
   * [n, ...sampleShape] → [n, 1] logits: above zero means that the sample looks real. Where the latent has conditions,
   * [n, 1 + c]: a number for each value behind the logit, which is added to it where that value is asked for
   * (projection, Miyato and Koyama 2018, arXiv 1802.05637).
   */
  readonly discriminator: tf.LayersModel
  readonly latent: Latent
  /** [28, 28, 1] for digits, [2] for points: nothing assumes images. */
  readonly sampleShape: readonly number[]
}

/** A network's weights, trainable or not, under names that stay the same from process to process. */
export type NamedWeights = ReadonlyMap<string, tf.Variable>

/** Everything that training may change: `kernel` and `bias`, not the statistics of batch norm. */
export function trainableWeights(model: tf.LayersModel): NamedWeights {
  return named(model.trainableWeights)
}

/** Every weight of a network, the statistics of batch norm included. */
export function allWeights(model: tf.LayersModel): NamedWeights {
  return named(model.weights)
}

// The variable's own name gets a suffix when a process builds two networks; the original one does not.
function named(weights: tf.LayersModel['weights']): NamedWeights {
  return new Map(weights.map(weight => [weight.originalName, weight.read() as tf.Variable]))
}
