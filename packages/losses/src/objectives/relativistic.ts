import type { Objective } from '@gankit/core'
import * as tf from '@tensorflow/tfjs'
import { needPairs, needReal } from '../checks.ts'
import type { Entry, NoOptions } from '../entry.ts'
import { meanLogReal } from './cross-entropy.ts'

/**
 * The relativistic game in pairs: is this real sample more real than that fake? (Jolicoeur-Martineau 2018, arXiv
 * 1807.00734, RSGAN there; with R1 and R2 it is the loss of R3GAN, Huang et al. 2025, arXiv 2501.05441.) With l(x)
 * D's logit:
 *
 *     D minimises −E log σ(l(x) − l(G(z)))     ln 2 at the equilibrium
 *     G minimises −E log σ(l(G(z)) − l(x))     ln 2
 *
 * x real samples, z latents, σ the sigmoid; the nth real sample is compared with the nth fake. G's loss needs the
 * logits on real samples. Only differences count, so D(x) and D(G(z)) as probabilities mean little.
 *
 * R3GAN: `withPenalties(relativistic(), r1({ gamma }), r2({ gamma }))`
 *
 * logits [n, 1] or a map [n, h, w, 1] → scalar, finite where the differences are
 * @throws GankitError, when it is called, for logits of different shapes or without those that it needs
 */
export function relativistic(): Objective {
  return {
    name: 'relativistic',
    discriminator: moreReal,
    generator: (fake, real) => moreReal(fake, needReal('relativistic', real)),
    comparesWithReal: true,
    equilibrium: { discriminator: Math.LN2, generator: Math.LN2 },
  }
}

export const entry: Entry<'relativistic', NoOptions, Objective> = {
  name: 'relativistic',
  options: [],
  create: relativistic,
}

function moreReal(one: tf.Tensor, other: tf.Tensor): tf.Scalar {
  needPairs('relativistic', { real: one, fake: other })
  return tf.tidy(() => meanLogReal(one.sub(other)).neg() as tf.Scalar)
}
