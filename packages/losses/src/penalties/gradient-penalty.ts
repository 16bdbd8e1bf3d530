import { checkPositive, type Penalty, type PenaltyContext } from '@gankit/core'
import * as tf from '@tensorflow/tfjs'
import { checkFromZero, needPairs } from '../checks.ts'
import type { Entry } from '../entry.ts'
import { checkEvery, type LazyOptions, squaredSlopes } from './penalty.ts'

export interface GradientPenaltyOptions extends LazyOptions {
  /** λ, above 0. Default 10. */
  readonly weight?: number
  /** The slope that D should have: a finite number from 0. Default 1. */
  readonly target?: number
}

/**
 * The gradient penalty of WGAN-GP (Gulrajani et al. 2017, arXiv 1704.00028, equation 3), a term of D's loss, with l(x)
 * D's logit, or the sum of its map of logits:
 *
 *     λ·E(‖∇l(x̂)‖ − target)²     x̂ = ε·x + (1 − ε)·G(z)
 *
 * x real samples, z latents, one ε for each pair, uniform on [0, 1). Where D is flat it is λ·target².
 *
 * @throws GankitError for an option out of range
 */
export function gradientPenalty(options: GradientPenaltyOptions = {}): Penalty {
  const { weight = 10, target = 1, every = 1 } = options
  checkPositive('losses', 'gradientPenalty weight', weight)
  checkFromZero('gradientPenalty target', target)
  checkEvery('gradientPenalty', every)
  return {
    name: 'gradient-penalty',
    every,
    value: context =>
      tf.tidy(() => {
        const squares = squaredSlopes(context.discriminate, interpolate(context))
        return safeSqrt(squares).sub(target).square().mean().mul(weight)
      }),
  }
}

export const entry: Entry<'gradient-penalty', GradientPenaltyOptions, Penalty> = {
  name: 'gradient-penalty',
  options: ['weight', 'target', 'every'],
  create: gradientPenalty,
}

/** A random point on the line from each fake to its real sample. */
function interpolate({ real, fake, random }: PenaltyContext): tf.Tensor {
  needPairs('gradientPenalty', { real, fake })
  const [n, ...sides] = real.shape as [number, ...number[]]
  const mix = tf.tensor(random('between').uniform(n), [n, ...sides.map(() => 1)])
  return fake.add(mix.mul(real.sub(fake)))
}

/** The square root, whose gradient at 0 is 0 here, and not infinite. */
function safeSqrt(squares: tf.Tensor): tf.Tensor {
  const isPositive = tf.step(squares)
  return squares.add(tf.sub(1, isPositive)).sqrt().mul(isPositive)
}
