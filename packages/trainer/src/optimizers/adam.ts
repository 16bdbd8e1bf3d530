import * as tf from '@tensorflow/tfjs'
import { type Optimizer, optimizerOf } from './optimizer.ts'
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
 * Adam (Kingma and Ba 2015, arXiv 1412.6980): θ ← θ − η·m̂ / (√v̂ + ε).
 * The slots hold m / (1 − β1) and v / (1 − β2), which saves a pass over the weights for each; the constants go into
 * the step size and into ε.
 */
export function adam(options: AdamOptions = {}): Optimizer {
  const { learningRate = 2e-4, beta1 = 0.5, beta2 = 0.999, epsilon = 1e-8 } = options
  return optimizerOf<'m' | 'v'>({
    name: 'adam',
    slots: ['m', 'v'],
    learningRate,
    change(gradient, slots, rate, update) {
      const m = tf.add(tf.mul(slots.m, beta1), gradient)
      const v = tf.add(tf.mul(slots.v, beta2), tf.square(gradient))
      const unbias1 = (1 - beta1) / (1 - beta1 ** (update + 1))
      const unbias2 = Math.sqrt((1 - beta2) / (1 - beta2 ** (update + 1)))
      const change = tf.div(tf.mul(m, (rate * unbias1) / unbias2), tf.add(tf.sqrt(v), epsilon / unbias2))
      return { m, v, change }
    },
  })
}
