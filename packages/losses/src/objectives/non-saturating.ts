import type { Objective } from '@gankit/core'
import * as tf from '@tensorflow/tfjs'
import type { Entry } from '../entry.ts'
import { meanLogReal } from './cross-entropy.ts'
import { type LabelSmoothing, smoothedCrossEntropy } from './label-smoothing.ts'

/**
 * The default: D's loss as in `minimax`, while G maximises the probability of the mistake instead of minimising that of
 * the right answer (Goodfellow et al. 2014, arXiv 1406.2661, section 3):
 *
 *     D minimises −E log D(x) − E log(1 − D(G(z)))     2·ln 2 at the equilibrium
 *     G minimises −E log D(G(z))                       ln 2
 *
 * x real samples, z latents, D = sigmoid(logit). G's gradient in a fake's logit is −(1 − D(G(z))): strongest where D is
 * sure that the fake is one.
 *
 * `labelSmoothing` s: D's label of real samples is 1 − s (see label-smoothing.ts); G's loss at the equilibrium is then
 * −log((1 − s)/2).
 *
 * logits [n, 1] or a map [n, h, w, 1] → scalar, finite for every finite logit
 * @throws GankitError for a label smoothing out of range
 */
export function nonSaturating(options: LabelSmoothing = {}): Objective {
  const { discriminator, equilibrium } = smoothedCrossEntropy('nonSaturating', options)
  return {
    name: 'non-saturating',
    discriminator,
    generator: fake => tf.tidy(() => meanLogReal(fake).neg() as tf.Scalar),
    equilibrium: { discriminator: equilibrium.loss, generator: -equilibrium.logReal },
  }
}

export const entry: Entry<'non-saturating', LabelSmoothing, Objective> = {
  name: 'non-saturating',
  options: ['labelSmoothing'],
  create: nonSaturating,
}
