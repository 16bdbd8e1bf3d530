import * as tf from '@tensorflow/tfjs'
import { createOptimizerFromRule, type Optimizer } from './optimizer.ts'
import type { Schedule } from './schedule.ts'

export interface SgdOptions {
  /** Default 0.1. */
  readonly learningRate?: Schedule
}

/** Stochastic gradient descent: θ ← θ − η·g. */
export function sgd({ learningRate = 0.1 }: SgdOptions = {}): Optimizer {
  return createOptimizerFromRule<never>({
    name: 'sgd',
    slots: [],
    learningRate,
    next: (weight, gradient, _, rate) => ({ weight: tf.sub(weight, tf.mul(gradient, rate)) }),
  })
}
