import * as tf from '@tensorflow/tfjs'
import { createOptimizerFromRule, type Optimizer } from './optimizer.ts'
import type { Schedule } from './schedule.ts'

export interface RmsPropOptions {
  /** Default 2e-4. */
  readonly learningRate?: Schedule
  /** How much of the mean square stays, 0 to 1. Default 0.99. */
  readonly decay?: number
  /** Added to the root. Default 1e-8. */
  readonly epsilon?: number
}

/** RMSProp (Hinton's lecture 6e, 2012): s ← ρ·s + (1 − ρ)·g², θ ← θ − η·g / (√s + ε). */
export function rmsprop(options: RmsPropOptions = {}): Optimizer {
  const { learningRate = 2e-4, decay = 0.99, epsilon = 1e-8 } = options
  return createOptimizerFromRule<'meanSquare'>({
    name: 'rmsprop',
    slots: ['meanSquare'],
    learningRate,
    next(weight, gradient, slots, rate) {
      const meanSquare = tf.add(tf.mul(slots.meanSquare, decay), tf.mul(tf.square(gradient), 1 - decay))
      const change = tf.div(tf.mul(gradient, rate), tf.add(tf.sqrt(meanSquare), epsilon))
      return { meanSquare, weight: tf.sub(weight, change) }
    },
  })
}
