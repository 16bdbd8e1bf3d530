import { lookUp, type Objective } from '@gankit/core'
import * as tf from '@tensorflow/tfjs'
import { needReal } from '../checks.ts'
import type { Entry } from '../entry.ts'
import { crossEntropy } from './cross-entropy.ts'
import { hingeLoss } from './hinge.ts'

export interface RelativisticAverageOptions {
  /** The loss that the comparison is put into. Default 'cross-entropy', RaSGAN; 'hinge' is RaHingeGAN. */
  readonly loss?: 'cross-entropy' | 'hinge'
}

const losses = {
  'cross-entropy': { name: 'relativistic-average', loss: crossEntropy, equilibrium: 2 * Math.LN2 },
  hinge: { name: 'relativistic-average-hinge', loss: hingeLoss, equilibrium: 2 },
} as const

/**
 * Is this sample more real than the average of the other kind? (Jolicoeur-Martineau 2018, arXiv 1807.00734, RaSGAN
 * there.) With l(x) D's logit, r = l(x) − E l(G(z)) and f = l(G(z)) − E l(x):
 *
 *     D minimises −E log σ(r) − E log(1 − σ(f))     2·ln 2 at the equilibrium
 *     G minimises −E log σ(f) − E log(1 − σ(r))     2·ln 2
 *
 * x real samples, z latents, σ the sigmoid. With the loss 'hinge':
 *
 *     D minimises E max(0, 1 − r) + E max(0, 1 + f)     2
 *     G minimises E max(0, 1 − f) + E max(0, 1 + r)     2
 *
 * G's loss needs the logits on real samples: as fakes get more real, real samples have to get less so. Only differences
 * count, so D(x) and D(G(z)) as probabilities mean little.
 *
 * logits [n, 1] or a map [n, h, w, 1] → scalar, finite where the differences are
 * @throws GankitError for an unknown loss, and from G's loss without the logits that it needs
 */
export function relativisticAverage(options: RelativisticAverageOptions = {}): Objective {
  const { loss: chosen = 'cross-entropy' } = options
  const { name, loss, equilibrium } = lookUp('losses', 'relativisticAverage loss', chosen, losses)
  const moreReal = (one: tf.Tensor, other: tf.Tensor): tf.Scalar =>
    tf.tidy(() => loss(one.sub(other.mean()), other.sub(one.mean())))
  return {
    name,
    discriminator: moreReal,
    generator: (fake, real) => moreReal(fake, needReal(name, real)),
    comparesWithReal: true,
    equilibrium: { discriminator: equilibrium, generator: equilibrium },
  }
}

export const entry: Entry<'relativistic-average', RelativisticAverageOptions, Objective> = {
  name: 'relativistic-average',
  options: ['loss'],
  create: relativisticAverage,
}
