import { checkPositive, type Term } from '@gankit/core'
import type * as tf from '@tensorflow/tfjs'
import { meanDistance, type WeightOptions } from './l1.ts'

/** What the cycle loss compares. */
export interface CycleContext {
  /** Samples x of one domain, [n, ...sampleShape]. */
  readonly original: tf.Tensor
  /** F(G(x)): translated to the other domain and back, [n, ...sampleShape]. */
  readonly reconstruction: tf.Tensor
}

/**
 * Cycle consistency (Zhu et al. 2017, arXiv 1703.10593, equation 2), a term of the loss of both generators, one for each
 * direction:
 *
 *     λ·E‖F(G(x)) − x‖₁     0 where translating there and back changes nothing
 *
 * G and F translate between the domains. ‖·‖₁ is the mean over a sample's numbers, as in the paper's code. It keeps a
 * translation about its original, where data come without pairs.
 *
 * Default weight: 10, as in the paper. Samples in pairs [n, ...sampleShape] → scalar
 * @throws GankitError for a weight that is not above 0, and from `value` for samples of different shapes
 */
export function cycle({ weight = 10 }: WeightOptions = {}): Term<CycleContext> {
  checkPositive('losses', 'cycle weight', weight)
  return {
    name: 'cycle',
    weight,
    value: ({ original, reconstruction }) => meanDistance('cycle', { original, reconstruction }),
  }
}
