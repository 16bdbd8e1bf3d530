import type { Objective } from '@gankit/core'
import * as tf from '@tensorflow/tfjs'
import { checkNumber } from '../checks.ts'
import type { Entry } from '../entry.ts'
import { crossEntropy } from './cross-entropy.ts'

export interface SignedMinimaxOptions {
  /** The probability from which D's verdict is "real", between 0 and 1, both excluded. Default 0.5. */
  readonly threshold?: number
}

/**
 * The minimax game with G's gradient switched by D's verdict, as it is sometimes taught:
 *
 *     D minimises −E log D(x) − E log(1 − D(G(z)))
 *     G minimises  E (1 − y)·log(1 − D(G(z)))·(2·D̄(G(z)) − 1)
 *
 * x real samples, z latents, D = sigmoid(logit), y = 0 the label of a fake, D̄ = 1 where D ≥ threshold and 0 elsewhere.
 * No gradient goes through D̄.
 *
 * It is kept faithful, not because it works. Where D takes a fake for real (D̄ = 1) G minimises log(1 − D), as in
 * `minimax`. Where D rejects it (D̄ = 0) the sign changes, G minimises −log(1 − D), and so pushes D(G(z)) further
 * down: the wrong way, and at the start of training nearly every fake is rejected. Hence the default is
 * `nonSaturating`, whose gradient is right everywhere and strongest on rejected fakes.
 *
 * At the equilibrium D = 0.5 is a verdict of "real" if the threshold is at most 0.5, so that G's loss is −ln 2; with a
 * higher threshold it is ln 2.
 *
 * logits [n, 1] or a map [n, h, w, 1] → scalar, finite for every finite logit
 * @throws GankitError for a threshold that is not between 0 and 1
 */
export function signedMinimax({ threshold = 0.5 }: SignedMinimaxOptions = {}): Objective {
  checkNumber(
    'signedMinimax threshold',
    threshold,
    threshold > 0 && threshold < 1,
    'a number between 0 and 1, both excluded',
  )
  const boundary = Math.log(threshold / (1 - threshold)) // the logit at which D = threshold
  return {
    name: 'signed-minimax',
    discriminator: crossEntropy,
    generator: fake => tf.tidy(() => signed(fake, boundary)),
    equilibrium: { discriminator: 2 * Math.LN2, generator: threshold <= 0.5 ? -Math.LN2 : Math.LN2 },
  }
}

export const entry: Entry<'signed-minimax', SignedMinimaxOptions, Objective> = {
  name: 'signed-minimax',
  options: ['threshold'],
  create: signedMinimax,
}

function signed(fake: tf.Tensor, boundary: number): tf.Scalar {
  // step(0) = 0, so a fake exactly at the threshold isn't rejected; step's gradient is zero, so D̄ has none.
  const rejected = tf.sub(boundary, fake).step()
  const sign = tf.sub(1, rejected.mul(2)) // 2·D̄ − 1
  return fake.softplus().mul(sign).mean().neg() as tf.Scalar
}
