import { checkInteger, type PenaltyContext } from '@gankit/core'
import * as tf from '@tensorflow/tfjs'

/** Lazy regularisation (Karras et al. 2020, arXiv 1912.04958, appendix B). */
export interface LazyOptions {
  /** Steps from one with the penalty to the next, which weighs as many times as much: a whole number from 1. Default 1. */
  readonly every?: number
}

/** @throws GankitError unless `every` is a whole number from 1 */
export function checkEvery(penalty: string, every: number): void {
  checkInteger('losses', `${penalty} every`, every, 1)
}

/**
 * ‖∇l‖² at each sample, with l(x) the sum of D's logits on x: [n, ...sampleShape] → [n]. A function of D's weights as well.
 *
 * The gradient of the sum of all logits is that of each sample's own, as long as D judges samples one by one. With
 * batch norm in D they depend on one another, and so does the penalty.
 */
export function squaredSlopes(discriminate: PenaltyContext['discriminate'], samples: tf.Tensor): tf.Tensor1D {
  const slopes = tf.grad(x => discriminate(x).sum())(samples)
  return slopes.reshape([samples.shape[0]!, -1]).square().sum(1)
}
