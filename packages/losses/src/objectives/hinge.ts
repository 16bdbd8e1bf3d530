import type { Objective } from '@gankit/core'
import * as tf from '@tensorflow/tfjs'
import type { Entry, NoOptions } from '../entry.ts'

/** E max(0, 1 − l(x)) + E max(0, 1 + l(G(z))): 0 for logits beyond the margin of 1 on the right side. */
export function hingeLoss(real: tf.Tensor, fake: tf.Tensor): tf.Scalar {
  return tf.tidy(() => tf.sub(1, real).relu().mean().add(fake.add(1).relu().mean()) as tf.Scalar)
}

/**
 * Hinge (Lim and Ye 2017, arXiv 1705.02894; Miyato et al. 2018, arXiv 1802.05957, equations 16 and 17), with l(x) D's
 * logit:
 *
 *     D minimises E max(0, 1 − l(x)) + E max(0, 1 + l(G(z)))     2 at the equilibrium
 *     G minimises −E l(G(z))                                     0
 *
 * x real samples, z latents. A linear D, l(x) = w·x + b, with weight decay λ/2·‖w‖² is a support vector machine, of
 * C = 1/(nλ) for n samples of each kind: D learns from the samples within the margin alone, its support vectors. G
 * then moves its fakes straight at the separating plane, along w: the "geometric GAN" of the first paper.
 *
 * logits [n, 1] or a map [n, h, w, 1] → scalar, finite for every finite logit
 */
export function hinge(): Objective {
  return {
    name: 'hinge',
    discriminator: hingeLoss,
    generator: fake => tf.tidy(() => fake.mean().neg() as tf.Scalar),
    equilibrium: { discriminator: 2, generator: 0 },
  }
}

export const entry: Entry<'hinge', NoOptions, Objective> = {
  name: 'hinge',
  options: [],
  create: hinge,
}
