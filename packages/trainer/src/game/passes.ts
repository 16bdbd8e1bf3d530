import type { Forward } from '@gankit/core'
import * as tf from '@tensorflow/tfjs'
import type { UpdateContext } from './game.ts'

/** How a network is run in an update: as in training, with random numbers of this update's own under the pass's name. */
export function inTraining({ random }: UpdateContext, pass: string, moveStatistics: boolean): Forward {
  return { training: true, moveStatistics, random: layer => random(`${pass}/${layer}`) }
}

/** The mean of D's probabilities over all logits, to watch. */
export function meanProbability(logits: tf.Tensor): tf.Scalar {
  return tf.mean(tf.sigmoid(logits)) as tf.Scalar
}
