import { type Condition, checkOption, conditionShape } from '@gankit/core'
import * as tf from '@tensorflow/tfjs'
import type { Link } from './chain.ts'

/**
 * The second input of a conditional network, named `condition`, of shape [n, ...conditionShape]: links use it, and
 * `chain` takes it as its last argument. Each network needs one of its own.
 */
export function conditionInput(condition: Condition): tf.SymbolicTensor {
  return tf.input({ shape: conditionShape(condition), name: 'condition' })
}

/**
 * Puts the numbers of a condition behind the features, as in conditional GANs (Mirza and Osindero 2014, arXiv 1411.1784).
 * [n, features], [n, c] → [n, features + c]
 */
export function concatCondition(name: string, condition: tf.SymbolicTensor): Link {
  return x => tf.layers.concatenate({ name, axis: -1 }).apply([x, condition]) as tf.SymbolicTensor
}

/** @throws GankitError for a condition that is neither categories nor a vector, as networks need that take [n, c] */
export function checkVectorCondition(packageName: string, condition: Condition | undefined): void {
  if (condition)
    checkOption(
      packageName,
      'condition.kind',
      condition.kind,
      condition.kind === 'categories' || condition.kind === 'vector',
      `'categories' or 'vector': these networks take a condition as one row of numbers`,
    )
}
