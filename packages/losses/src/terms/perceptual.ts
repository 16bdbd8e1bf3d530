import { checkPositive, GankitError, type Term } from '@gankit/core'
import * as tf from '@tensorflow/tfjs'
import { needPairs } from '../checks.ts'
import type { PairContext, WeightOptions } from './l1.ts'

export interface PerceptualOptions extends WeightOptions {
  /**
   * What the layers of a network that stays as it is make of samples: each [n, ...]. Gradients go through it to the samples. The
   * tensors are disposed of with those of the update.
   */
  readonly features: (samples: tf.Tensor) => readonly tf.Tensor[]
}

/**
 * The distance of features, a term of G's loss (Johnson et al. 2016, arXiv 1603.08155, equation 2; SRGAN's content loss, Ledig et
 * al. 2017, arXiv 1609.04802, equation 5), with φ_i(x) layer i of a network that was trained before, for something else:
 *
 *     λ·Σ_i E‖φ_i(y) − φ_i(G(x, z))‖²₂     0 where the network sees no difference
 *
 * y the real sample that goes with the condition x. ‖·‖²₂ is the mean of the squares here, as in both papers. Unlike the features of
 * `featureMatching`, which are D's, these don't move as D learns.
 *
 * Default weight: 1. Samples in pairs [n, ...sampleShape] → scalar
 * @throws GankitError for a weight that is not above 0, and from `value` for samples of different shapes or no features
 */
export function perceptual({ features, weight = 1 }: PerceptualOptions): Term<PairContext> {
  checkPositive('losses', 'perceptual weight', weight)
  return {
    name: 'perceptual',
    weight,
    value({ fake, real }) {
      needPairs('perceptual', { real, fake })
      return tf.tidy(() => {
        const onFake = features(fake)
        const distances = features(real).map((layer, i) => layer.sub(onFake[i]!).square().mean())
        if (distances.length === 0)
          throw new GankitError(
            'losses',
            'data',
            'perceptual got no features, expected those of one layer or more',
          )
        return tf.addN(distances) as tf.Scalar
      })
    },
  }
}
