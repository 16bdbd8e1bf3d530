import type { Penalty, PenaltyContext } from '@gankit/core'
import * as tf from '@tensorflow/tfjs'

/**
 * The penalties that are due at a step, each as many times as steps pass between two of it (lazy regularization, Karras
 * et al. 2020, arXiv 1912.04958, appendix B).
 * @returns a scalar for each, by its name
 */
export function computePenalties(
  penalties: readonly Penalty[],
  step: number,
  context: PenaltyContext,
): Readonly<Record<string, tf.Scalar>> {
  const due = penalties.filter(({ every }) => step % every === 0)
  return Object.fromEntries(
    due.map(penalty => [penalty.name, tf.tidy(() => penalty.value(context).mul(penalty.every) as tf.Scalar)]),
  )
}

/** A loss with terms added to it. */
export function addTerms(loss: tf.Scalar, terms: readonly tf.Scalar[]): tf.Scalar {
  return terms.length === 0 ? loss : tf.tidy(() => tf.add(loss, sumOf(terms)))
}

function sumOf(terms: readonly tf.Scalar[]): tf.Scalar {
  return terms.reduce((sum, term) => sum.add(term) as tf.Scalar)
}
