import type { Objective } from '@gankit/core'
import * as tf from '@tensorflow/tfjs'
import { crossEntropy, meanLogFake } from './cross-entropy.ts'

/**
 * The game as Algorithm 1 of Goodfellow et al. 2014 (arXiv 1406.2661) plays it, min_G max_D V(D, G):
 *
 *     D minimises −E log D(x) − E log(1 − D(G(z)))     2·ln 2 at the equilibrium
 *     G minimises  E log(1 − D(G(z)))                  −ln 2
 *
 * x real samples, z latents, D = sigmoid(logit). G's gradient in a fake's logit is −D(G(z)), which vanishes where D is
 * sure that the fake is one: it saturates while G is worst. `nonSaturating` has the same fixed point without that.
 *
 * logits [n, 1] → scalar, finite for every finite logit
 */
export function minimax(): Objective {
  return {
    name: 'minimax',
    discriminator: crossEntropy,
    generator: fake => tf.tidy(() => meanLogFake(fake)),
    equilibrium: { discriminator: 2 * Math.LN2, generator: -Math.LN2 },
  }
}
