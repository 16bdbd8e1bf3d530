import * as tf from '@tensorflow/tfjs'
import { createOptimizerFromRule, type Optimizer } from './optimizer.ts'
import { type Schedule, scheduledValue } from './schedule.ts'

export interface MomentumOptions {
  /** Default 0.1. */
  readonly learningRate?: Schedule
  /** How much of the last velocity stays, 0 to 1. Default 0.5. */
  readonly momentum?: Schedule
}

/** Gradient descent with momentum (Polyak 1964): v ← μ·v + g, θ ← θ − η·v. */
export function momentum({ learningRate = 0.1, momentum: mu = 0.5 }: MomentumOptions = {}): Optimizer {
  return createOptimizerFromRule<'velocity'>({
    name: 'momentum',
    slots: ['velocity'],
    learningRate,
    next(weight, gradient, slots, rate, update) {
      const velocity = tf.add(tf.mul(slots.velocity, scheduledValue(mu, update)), gradient)
      return { velocity, weight: tf.sub(weight, tf.mul(velocity, rate)) }
    },
  })
}
