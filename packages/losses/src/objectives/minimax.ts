import type { Objective } from '@gankit/core'
import * as tf from '@tensorflow/tfjs'
import type { Entry } from '../entry.ts'
import { meanLogFake } from './cross-entropy.ts'
import { type LabelSmoothing, smoothedCrossEntropy } from './label-smoothing.ts'

/**
 * The game as Algorithm 1 of Goodfellow et al. 2014 (arXiv 1406.2661) plays it, min_G max_D V(D, G):
 *
 *     D minimises −E log D(x) − E log(1 − D(G(z)))     2·ln 2 at the equilibrium
 *     G minimises  E log(1 − D(G(z)))                  −ln 2
 *
 * x real samples, z latents, D = sigmoid(logit). G's gradient in a fake's logit is −D(G(z)), which vanishes where D is
 * sure that the fake is one: it saturates while G is worst. `nonSaturating` has the same fixed point without that.
 *
 * `labelSmoothing` s: D's label of real samples is 1 − s (see label-smoothing.ts); G's loss at the equilibrium is then
 * log((1 + s)/2).
 *
 * logits [n, 1] or a map [n, h, w, 1] → scalar, finite for every finite logit
 * @throws GankitError for a label smoothing out of range
 */
export function minimax(options: LabelSmoothing = {}): Objective {
  const { discriminator, equilibrium } = smoothedCrossEntropy('minimax', options)
  return {
    name: 'minimax',
    discriminator,
    generator: fake => tf.tidy(() => meanLogFake(fake)),
    equilibrium: { discriminator: equilibrium.loss, generator: equilibrium.logFake },
  }
}

export const entry: Entry<'minimax', LabelSmoothing, Objective> = {
  name: 'minimax',
  options: ['labelSmoothing'],
  create: minimax,
}
