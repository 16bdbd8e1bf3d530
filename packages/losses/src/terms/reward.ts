import { checkPositive, type Term } from '@gankit/core'
import * as tf from '@tensorflow/tfjs'
import type { WeightOptions } from './l1.ts'

/** What the policy gradient is made of. */
export interface RewardContext {
  /** log π(y_t | y_1 … y_{t−1}) of the tokens that were drawn, [n, length]: functions of the generator's weights. */
  readonly logProbabilities: tf.Tensor
  /** What each token is worth, [n, length], or each sequence, [n, 1]: constants. */
  readonly rewards: tf.Tensor
  /** Subtracted from the rewards, a constant of a shape that broadcasts: the mean reward, say. Default 0. */
  readonly baseline?: tf.Tensor | number
}

/**
 * REINFORCE (Williams 1992, doi 10.1007/BF00992696; for sequences of a GAN Yu et al. 2017, SeqGAN, arXiv 1609.05473,
 * equation 8), the loss of a generator that draws tokens, through which no gradient runs:
 *
 *     −λ·E Σ_t (r_t − b)·log π(y_t | y_1 … y_{t−1})
 *
 * E the mean over sequences, r_t the reward of token t, often D's probability that the finished sequence is real. Its
 * gradient is an unbiased estimate of that of −E Σ r; a baseline b that doesn't depend on the token keeps it so, and makes
 * it vary less. The value itself means little: it is 0 where all rewards are the baseline.
 *
 * Default weight: 1. Rewards must not depend on the weights that the loss is differentiated by.
 *
 * [n, length] → scalar
 * @throws GankitError for a weight that is not above 0
 */
export function reward({ weight = 1 }: WeightOptions = {}): Term<RewardContext> {
  checkPositive('losses', 'reward weight', weight)
  return {
    name: 'reward',
    weight,
    value: ({ logProbabilities, rewards, baseline = 0 }) =>
      tf.tidy(() => rewards.sub(baseline).mul(logProbabilities).sum(1).mean().neg() as tf.Scalar),
  }
}
