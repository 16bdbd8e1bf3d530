import type { Objective, PenaltyTurn } from '@gankit/core'
import * as tf from '@tensorflow/tfjs'

/**
 * What an objective's penalties come to at a step: those that are due, each as many times as steps pass between two
 * of it (lazy regularisation, Karras et al. 2020, arXiv 1912.04958, appendix B).
 * @returns a scalar, or undefined where none is due
 */
export function penaltyOf(
  { penalties = [] }: Pick<Objective, 'penalties'>,
  step: number,
  turn: PenaltyTurn,
): tf.Scalar | undefined {
  const due = penalties.filter(({ every }) => step % every === 0)
  if (due.length === 0) return undefined
  return tf.tidy(() =>
    due
      .map(penalty => penalty.value(turn).mul(penalty.every) as tf.Scalar)
      .reduce((sum, term) => sum.add(term) as tf.Scalar),
  )
}
