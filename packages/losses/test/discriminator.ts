import { type PenaltyContext, randomStream } from '@gankit/core'
import * as tf from '@tensorflow/tfjs'

/** D's weights: a dense layer, tanh, a dense layer, LeakyReLU 0.2, a dense layer. */
export function createDiscriminator(weights: readonly tf.Tensor[]): (samples: tf.Tensor) => tf.Tensor {
  const [w1, w2, w3] = [weights[0], weights[2], weights[4]] as [tf.Tensor2D, tf.Tensor2D, tf.Tensor2D]
  const [b1, b2, b3] = [weights[1]!, weights[3]!, weights[5]!]
  return samples => {
    const inner = tf
      .matMul(samples as tf.Tensor2D, w1)
      .add(b1)
      .tanh() as tf.Tensor2D
    const outer = tf.matMul(inner, w2).add(b2).leakyRelu(0.2) as tf.Tensor2D
    return tf.matMul(outer, w3).add(b3)
  }
}

/** What a penalty gets, with the random numbers of a seed. */
export function createContext(
  samples: { real: tf.Tensor; fake: tf.Tensor },
  discriminate: PenaltyContext['discriminate'],
): PenaltyContext {
  return { ...samples, discriminate, random: purpose => randomStream(4, purpose) }
}
