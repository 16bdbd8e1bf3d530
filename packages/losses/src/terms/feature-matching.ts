import { checkChoice, checkPositive, GankitError, type Term } from '@gankit/core'
import * as tf from '@tensorflow/tfjs'
import type { Entry } from '../entry.ts'
import { meanDistance, type PairContext, type WeightOptions } from './l1.ts'

export interface FeatureMatchingOptions extends WeightOptions {
  /**
   * Whether the features of each fake are compared with those of the real sample beside it ('pairs', for data in pairs), or
   * the means over the batch ('means'). Default 'pairs'.
   */
  readonly compare?: 'pairs' | 'means'
}

/** What feature matching compares. */
export interface FeatureContext extends PairContext {
  /** D's hidden layers on samples, first layer first: each [n, ...]. */
  features(samples: tf.Tensor): readonly tf.Tensor[]
}

/**
 * Feature matching, a term of G's loss, with f_i(x) the features of D's hidden layer i:
 *
 *     λ·Σ_i E‖f_i(x) − f_i(G(z))‖₁       'pairs': Wang et al. 2018 (pix2pixHD, arXiv 1711.11585, equation 4)
 *     λ·Σ_i ‖E f_i(x) − E f_i(G(z))‖₁    'means': Salimans et al. 2016 (arXiv 1606.03498, section 3.1), who square instead
 *
 * x real samples, ‖·‖₁ the mean over a sample's features. 0 where D's hidden layers see no difference. G then has a target
 * that moves less than D's verdict.
 *
 * Default weight: 10, as in pix2pixHD. Samples [n, ...sampleShape] → scalar
 * @throws GankitError for an option out of range, and from `value` where D has no hidden layers, or pairs have different shapes
 */
export function featureMatching(options: FeatureMatchingOptions = {}): Term<FeatureContext> {
  const { weight = 10, compare = 'pairs' } = options
  checkPositive('losses', 'featureMatching weight', weight)
  checkChoice('losses', 'featureMatching compare', compare, ['pairs', 'means'])
  return {
    name: 'features',
    weight,
    value: context => tf.tidy(() => sumOverLayers(context, compare)),
  }
}

export const entry: Entry<'features', FeatureMatchingOptions, Term<FeatureContext>> = {
  name: 'features',
  options: ['weight', 'compare'],
  create: featureMatching,
}

function sumOverLayers({ fake, real, features }: FeatureContext, compare: 'pairs' | 'means'): tf.Scalar {
  const onFake = features(fake)
  const distances = features(real).map((layer, i) =>
    compare === 'means'
      ? meanDistance('featureMatching', { real: layer.mean(0), fake: onFake[i]!.mean(0) })
      : meanDistance('featureMatching', { real: layer, fake: onFake[i]! }),
  )
  if (distances.length === 0)
    throw new GankitError(
      'losses',
      'data',
      'featureMatching got no features of D, expected those of one hidden layer or more: give D hidden layers',
    )
  return tf.addN(distances) as tf.Scalar
}
