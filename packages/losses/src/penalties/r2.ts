import { checkPositive, type Penalty } from '@gankit/core'
import * as tf from '@tensorflow/tfjs'
import type { Entry } from '../entry.ts'
import { checkEvery, squaredSlopes } from './penalty.ts'
import type { ZeroCenteredOptions } from './r1.ts'

/**
 * R2 (Mescheder et al. 2018, arXiv 1801.04406, equation 10), a term of D's loss, with l(x) D's logit, or the sum of its map of
 * logits:
 *
 *     γ/2·E‖∇l(G(z))‖²     0 at the equilibrium, where D is flat
 *
 * z latents: R1 on fakes in the place of real samples. R3GAN (Huang et al. 2025, arXiv 2501.05441) has both.
 *
 * @throws GankitError for a gamma that is not above 0, or an `every` that is not a whole number from 1
 */
export function r2({ gamma = 10, every = 1 }: ZeroCenteredOptions = {}): Penalty {
  checkPositive('losses', 'r2 gamma', gamma)
  checkEvery('r2', every)
  return {
    name: 'r2',
    every,
    value: ({ fake, discriminate }) =>
      tf.tidy(() =>
        squaredSlopes(discriminate, fake)
          .mean()
          .mul(gamma / 2),
      ),
  }
}

export const entry: Entry<'r2', ZeroCenteredOptions, Penalty> = {
  name: 'r2',
  options: ['gamma', 'every'],
  create: r2,
}
