import { hasTrainingKernel, runTrainingKernel } from '@gankit/core'
import * as tf from '@tensorflow/tfjs'
import { createOptimizerFromRule, type Optimizer } from './optimizer.ts'
import type { Schedule } from './schedule.ts'

export interface AdamOptions {
  /** Default 2e-4. */
  readonly learningRate?: Schedule
  /** How much of the mean stays, 0 to 1. Default 0.5, as Radford et al. 2016 advise for GANs. */
  readonly beta1?: number
  /** How much of the mean square stays, 0 to 1. Default 0.999. */
  readonly beta2?: number
  /** Added to the root. Default 1e-8. */
  readonly epsilon?: number
}

/**
 * Adam (Kingma and Ba 2015, arXiv 1412.6980): m ← β1·m + (1 − β1)·g, v ← β2·v + (1 − β2)·g², θ ← θ − η·m̂ / (√v̂ + ε).
 * The corrections of m̂ and v̂ are numbers of the update, so they go into the step size and into ε.
 */
export function adam(options: AdamOptions = {}): Optimizer {
  const { learningRate = 2e-4, beta1 = 0.5, beta2 = 0.999, epsilon = 1e-8 } = options
  return createOptimizerFromRule<'m' | 'v'>({
    name: 'adam',
    slots: ['m', 'v'],
    learningRate,
    next(weight, gradient, slots, learningRate, update) {
      const unbias = Math.sqrt(1 - beta2 ** (update + 1))
      const rate = (learningRate * unbias) / (1 - beta1 ** (update + 1))
      const corrected = epsilon * unbias
      if (hasTrainingKernel('AdamUpdate')) {
        const inputs = { weight, m: slots.m, v: slots.v, gradient }
        // What is assigned below takes the place of what is given here.
        const attributes = { rate, beta1, beta2, epsilon: corrected, consume: 1 }
        const [next, m, v] = runTrainingKernel('AdamUpdate', inputs, attributes)
        return { weight: next!, m: m!, v: v! }
      }
      const m = tf.add(tf.mul(slots.m, beta1), tf.mul(gradient, 1 - beta1))
      const v = tf.add(tf.mul(slots.v, beta2), tf.mul(tf.square(gradient), 1 - beta2))
      return { m, v, weight: tf.sub(weight, tf.div(tf.mul(m, rate), tf.add(tf.sqrt(v), corrected))) }
    },
  })
}
