import type { Objective } from '@gankit/core'
import * as tf from '@tensorflow/tfjs'
import { checkNumber } from '../checks.ts'
import { crossEntropy } from './cross-entropy.ts'

export interface LabelSmoothing {
  /** s: D's label of real samples is 1 − s. From 0 to below 0.5, default 0. */
  readonly labelSmoothing?: number
}

export interface SmoothedCrossEntropy {
  readonly discriminator: Objective['discriminator']
  /** D's loss, log D and log(1 − D) at the equilibrium. */
  readonly equilibrium: { readonly loss: number; readonly logReal: number; readonly logFake: number }
}

/**
 * D's cross entropy with one-sided label smoothing (Salimans et al. 2016, arXiv 1606.03498, section 3.4), real = 1 − s
 * and fake = 0:
 *
 *     D minimises −E[(1 − s)·log D(x) + s·log(1 − D(x))] − E log(1 − D(G(z)))
 *
 * Where G's samples are like the data D's best answer is no longer 0.5 but (1 − s)/2, so that D(x) and D(G(z)) end
 * below 0.5. D's loss is then −(1 − s)·log((1 − s)/2) − (1 + s)·log((1 + s)/2): 2·ln 2 for s = 0, 1.376 for s = 0.1.
 *
 * @throws GankitError for an s that is out of range
 */
export function smoothedCrossEntropy(
  objective: string,
  { labelSmoothing: s = 0 }: LabelSmoothing,
): SmoothedCrossEntropy {
  checkNumber(`${objective} labelSmoothing`, s, s >= 0 && s < 0.5, 'a number from 0 to below 0.5')
  const logarithms = { real: Math.log((1 - s) / 2), fake: Math.log((1 + s) / 2) }
  return {
    discriminator: (real, fake) =>
      tf.tidy(() => {
        const loss = crossEntropy(real, fake)
        // −(1 − s)·log D − s·log(1 − D) = −log D + s·l
        return s > 0 ? (loss.add(real.mean().mul(s)) as tf.Scalar) : loss
      }),
    equilibrium: {
      loss: -(1 - s) * logarithms.real - (1 + s) * logarithms.fake,
      logReal: logarithms.real,
      logFake: logarithms.fake,
    },
  }
}
