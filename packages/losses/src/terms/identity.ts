import { checkPositive, type Term } from '@gankit/core'
import type * as tf from '@tensorflow/tfjs'
import { meanDistance, type WeightOptions } from './l1.ts'

/** What the identity loss compares. */
export interface IdentityContext {
  /** Samples y of the domain that G translates to, [n, ...sampleShape]. */
  readonly original: tf.Tensor
  /** G(y), [n, ...sampleShape]. */
  readonly translated: tf.Tensor
}

/**
 * The identity loss (Taigman et al. 2017, arXiv 1611.02200; in CycleGAN Zhu et al. 2017, arXiv 1703.10593, section 5.2), a
 * term of a translating generator's loss:
 *
 *     λ·E‖G(y) − y‖₁     0 where G leaves alone what needs no translation
 *
 * y samples of the domain that G translates to. ‖·‖₁ is the mean over a sample's numbers, as in the paper's code. It keeps
 * colors: without it a translation may change day to night as long as F changes it back.
 *
 * Default weight: 5, half of the cycle loss's, as in the paper. Samples in pairs [n, ...sampleShape] → scalar
 * @throws GankitError for a weight that is not above 0, and from `value` for samples of different shapes
 */
export function identity({ weight = 5 }: WeightOptions = {}): Term<IdentityContext> {
  checkPositive('losses', 'identity weight', weight)
  return {
    name: 'identity',
    weight,
    value: ({ original, translated }) => meanDistance('identity', { original, translated }),
  }
}
