import { checkPositive, type Penalty } from '@gankit/core'
import * as tf from '@tensorflow/tfjs'
import type { Entry } from '../entry.ts'
import { checkEvery, type LazyOptions, squaredSlopes } from './penalty.ts'

export interface ZeroCenteredOptions extends LazyOptions {
  /** γ, above 0. Default 10. */
  readonly gamma?: number
}

/**
 * R1 (Mescheder et al. 2018, arXiv 1801.04406, equation 9), a term of D's loss, with l(x) D's logit, or the sum of its map of
 * logits:
 *
 *     γ/2·E‖∇l(x)‖²     0 at the equilibrium, where D is flat
 *
 * x real samples. Once G has the data's distribution, a D that still has a slope pays for it. Without such a term
 * simple games go round their equilibrium for ever, as the paper shows.
 *
 * @throws GankitError for a gamma that is not above 0, or an `every` that is not a whole number from 1
 */
export function r1({ gamma = 10, every = 1 }: ZeroCenteredOptions = {}): Penalty {
  checkPositive('losses', 'r1 gamma', gamma)
  checkEvery('r1', every)
  return {
    name: 'r1',
    every,
    value: ({ real, discriminate }) =>
      tf.tidy(() =>
        squaredSlopes(discriminate, real)
          .mean()
          .mul(gamma / 2),
      ),
  }
}

export const entry: Entry<'r1', ZeroCenteredOptions, Penalty> = {
  name: 'r1',
  options: ['gamma', 'every'],
  create: r1,
}
