import type { Penalty } from '@gankit/core'
import * as tf from '@tensorflow/tfjs'
import { checkPositive } from '../option.ts'
import { checkEvery } from './every.ts'
import type { ZeroCentredOptions } from './r1.ts'
import { squaredSlopes } from './slope.ts'

/**
 * R2 (Mescheder et al. 2018, arXiv 1801.04406, equation 10), a term of D's loss, with l(x) D's logit:
 *
 *     γ/2·E‖∇l(G(z))‖²     0 at the equilibrium, where D is flat
 *
 * z latents: R1 on fakes in the place of real samples. R3GAN (Huang et al. 2025, arXiv 2501.05441) has both.
 *
 * @throws GankitError for a gamma that is not above 0, or an `every` that is not a whole number from 1
 */
export function r2({ gamma = 10, every = 1 }: ZeroCentredOptions = {}): Penalty {
  checkPositive('r2 gamma', gamma)
  checkEvery('r2', every)
  return {
    name: 'r2',
    every,
    value: ({ fake, judge }) =>
      tf.tidy(() =>
        squaredSlopes(judge, fake)
          .mean()
          .mul(gamma / 2),
      ),
  }
}
