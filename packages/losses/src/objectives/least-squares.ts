import type { Objective } from '@gankit/core'
import * as tf from '@tensorflow/tfjs'
import { checkNumber } from '../checks.ts'
import type { Entry } from '../entry.ts'

export interface LeastSquaresOptions {
  /** The label of fakes, a in the paper. Default −1. */
  readonly fake?: number
  /** The label of real samples, b in the paper: above that of fakes. Default 1. */
  readonly real?: number
  /** The logit that G wants for its fakes, c in the paper: above the label of fakes. Default 1. */
  readonly wanted?: number
}

/**
 * Least squares (Mao et al. 2017, arXiv 1611.04076, equation 2), with l(x) D's logit:
 *
 *     D minimises ½·E(l(x) − b)² + ½·E(l(G(z)) − a)²     ((b − a)/2)² at the equilibrium: 1
 *     G minimises ½·E(l(G(z)) − c)²                      ½·((a + b)/2 − c)²: ½
 *
 * x real samples, z latents. A fake far beyond its label pulls at G as well, on either side of it, so G's gradient
 * doesn't vanish where D is sure. Labels a = −1, b = 1, c = 0 make it Pearson's χ² divergence.
 *
 * D that can't tell says (a + b)/2. The labels here are −1 and 1 so that this is a logit of 0, as everywhere in gankit.
 * With the 0 and 1 that much code uses it is ½, and D's verdict as sigmoid(logit) is then shown too high; l = 2·l' − 1
 * turns one into the other, and the losses with 0 and 1 are a quarter of those here.
 *
 * logits [n, 1] or a map [n, h, w, 1] → scalar, finite for every logit whose square is
 * @throws GankitError for labels that are not finite, or not above that of fakes
 */
export function leastSquares({ fake = -1, real = 1, wanted = 1 }: LeastSquaresOptions = {}): Objective {
  checkNumber('leastSquares fake', fake, Number.isFinite(fake), 'a finite number')
  for (const [name, label] of Object.entries({ real, wanted }))
    checkNumber(
      `leastSquares ${name}`,
      label,
      label > fake && Number.isFinite(label),
      `a finite number above the label of fakes, ${fake}`,
    )
  const undecided = (fake + real) / 2
  return {
    name: 'least-squares',
    discriminator: (onReal, onFake) =>
      tf.tidy(() => halfSquare(onReal, real).add(halfSquare(onFake, fake)) as tf.Scalar),
    generator: onFake => tf.tidy(() => halfSquare(onFake, wanted)),
    equilibrium: { discriminator: ((real - fake) / 2) ** 2, generator: (undecided - wanted) ** 2 / 2 },
  }
}

export const entry: Entry<'least-squares', LeastSquaresOptions, Objective> = {
  name: 'least-squares',
  options: ['fake', 'real', 'wanted'],
  create: leastSquares,
}

function halfSquare(logits: tf.Tensor, label: number): tf.Scalar {
  return logits.sub(label).square().mean().div(2) as tf.Scalar
}
