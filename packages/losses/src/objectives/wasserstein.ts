import type { Objective } from '@gankit/core'
import * as tf from '@tensorflow/tfjs'
import { checkFromZero } from '../checks.ts'
import type { Entry } from '../entry.ts'
import { gradientPenalty } from '../penalties/gradient-penalty.ts'

export interface WassersteinOptions {
  /** Weight of the gradient penalty, λ in the paper; 0: none. Default 10. */
  readonly gradientPenalty?: number
}

/**
 * The Wasserstein distance (Arjovsky et al. 2017, arXiv 1701.07875) with a gradient penalty (Gulrajani et al. 2017,
 * arXiv 1704.00028), with l(x) D's logit:
 *
 *     D minimises E l(G(z)) − E l(x) + λ·E(‖∇l(x̂)‖ − 1)²     0 at the equilibrium, without the penalty
 *     G minimises −E l(G(z))                                 0
 *
 * x real samples, z latents, x̂ between the two (see penalties/gradient-penalty.ts). −D's loss without the penalty is
 * an estimate of the distance, as far as D is 1-Lipschitz, and falls as samples get better. Nothing but the penalty
 * keeps D from growing without end; with a weight of 0 something else has to. A constant added to every logit changes
 * nothing in D's loss, so logits may drift: G's loss is 0 where they haven't, and D(x), D(G(z)) as probabilities mean
 * little. D should have no batch norm, and several updates a step: the paper takes 5.
 *
 * logits [n, 1] or a map [n, h, w, 1] → scalar, finite for every finite logit
 * @throws GankitError for a weight that is not a finite number from 0
 */
export function wasserstein({ gradientPenalty: weight = 10 }: WassersteinOptions = {}): Objective {
  checkFromZero('wasserstein gradientPenalty', weight)
  return {
    name: weight > 0 ? 'wasserstein-gp' : 'wasserstein',
    discriminator: (real, fake) => tf.tidy(() => fake.mean().sub(real.mean()) as tf.Scalar),
    generator: fake => tf.tidy(() => fake.mean().neg() as tf.Scalar),
    penalties: weight > 0 ? [gradientPenalty({ weight })] : [],
    equilibrium: { discriminator: 0, generator: 0 },
  }
}

export const entry: Entry<'wasserstein-gp', WassersteinOptions, Objective> = {
  name: 'wasserstein-gp',
  options: ['gradientPenalty'],
  create: wasserstein,
}
