import type { Penalty, PenaltyTurn } from '@gankit/core'
import * as tf from '@tensorflow/tfjs'
import { needPairs } from '../logits.ts'
import { checkOption, checkPositive } from '../option.ts'
import { checkEvery, type Every } from './every.ts'
import { squaredSlopes } from './slope.ts'

export interface GradientPenaltyOptions extends Every {
  /** λ, above 0. Default 10. */
  readonly weight?: number
  /** The slope that D should have: a finite number from 0. Default 1. */
  readonly target?: number
}

/**
 * The gradient penalty of WGAN-GP (Gulrajani et al. 2017, arXiv 1704.00028, equation 3), a term of D's loss, with l(x)
 * D's logit:
 *
 *     λ·E(‖∇l(x̂)‖ − target)²     x̂ = ε·x + (1 − ε)·G(z)
 *
 * x real samples, z latents, one ε for each pair, uniform on [0, 1). Where D is flat it is λ·target².
 *
 * @throws GankitError for an option out of range
 */
export function gradientPenalty(options: GradientPenaltyOptions = {}): Penalty {
  const { weight = 10, target = 1, every = 1 } = options
  checkPositive('gradientPenalty weight', weight)
  const right = target >= 0 && Number.isFinite(target)
  checkOption('gradientPenalty target', target, right, 'a finite number from 0')
  checkEvery('gradientPenalty', every)
  return {
    name: 'gradient-penalty',
    every,
    value: turn =>
      tf.tidy(() => {
        const squares = squaredSlopes(turn.judge, between(turn))
        return root(squares).sub(target).square().mean().mul(weight)
      }),
  }
}

/** A point on the line from each fake to its real sample. */
function between({ real, fake, random }: PenaltyTurn): tf.Tensor {
  needPairs('gradientPenalty', real, fake)
  const [n, ...sides] = real.shape as [number, ...number[]]
  const mix = tf.tensor(random('between').uniform(n), [n, ...sides.map(() => 1)])
  return fake.add(mix.mul(real.sub(fake)))
}

/** The square root, with a gradient of 0 at 0 in place of one without bounds. */
function root(squares: tf.Tensor): tf.Tensor {
  const isPositive = tf.step(squares)
  return squares.add(tf.sub(1, isPositive)).sqrt().mul(isPositive)
}
