import type { PenaltyTurn } from '@gankit/core'
import * as tf from '@tensorflow/tfjs'

/**
 * ‖∇l‖² at each sample, with l(x) D's logit: [n, ...sampleShape] → [n]. A function of D's weights as well.
 *
 * The gradient of the sum of all logits is that of each sample's own, as long as D judges samples one by one. With
 * batch norm in D they depend on one another, and so does the penalty.
 */
export function squaredSlopes(judge: PenaltyTurn['judge'], samples: tf.Tensor): tf.Tensor1D {
  const slopes = tf.grad(x => judge(x).sum())(samples)
  return slopes.reshape([samples.shape[0]!, -1]).square().sum(1)
}
