import { checkPositive, type Term } from '@gankit/core'
import * as tf from '@tensorflow/tfjs'
import { needPairs } from '../checks.ts'
import type { WeightOptions } from './l1.ts'

export interface PatchNceOptions extends WeightOptions {
  /** What similarities are divided by, τ: the lower, the more the most similar places count. Above 0. Default 0.07. */
  readonly temperature?: number
}

/** What the contrast of places compares. */
export interface PatchNceContext {
  /** What some places of each translation are like, [n, places, features]. */
  readonly queries: tf.Tensor
  /** What the same places of its original are like, in the same order, [n, places, features]. */
  readonly keys: tf.Tensor
}

/** Under the root of a squared length: a place without any feature has a direction, and a gradient, too. */
const leastSquaredLength = 1e-8

/**
 * PatchNCE (Park et al. 2020, arXiv 2007.15651, equations 2 to 4), a term of a translating generator's loss, with q_s and k_s the
 * features of place s of a translation and of its original, each of length 1:
 *
 *     −λ·E log( exp(q_s·k_s/τ) / Σ_t exp(q_s·k_t/τ) )     log of the number of places where features tell nothing
 *
 * t runs over the places of the same picture. The expectation is the mean over pictures and places, as in the paper's code. Each place
 * of a translation must be more like its own place of the original than like any other, so that content stays where it is without a
 * way back. Vectors are brought to length 1 here; keys are targets, and whoever makes them decides that no gradient runs through them.
 *
 * Default weight: 1, as in the paper. Pairs of [n, places, features] → scalar
 * @throws GankitError for an option that is not above 0, and from `value` for tensors of different shapes
 */
export function patchNce({ weight = 1, temperature = 0.07 }: PatchNceOptions = {}): Term<PatchNceContext> {
  checkPositive('losses', 'patchNce weight', weight)
  checkPositive('losses', 'patchNce temperature', temperature)
  return {
    name: 'patch-nce',
    weight,
    value: ({ queries, keys }) =>
      tf.tidy(() => {
        needPairs('patchNce', { keys, queries })
        const [n, places] = queries.shape as [number, number]
        const similarities = tf.matMul(
          toUnitLength(queries).div(temperature),
          toUnitLength(keys),
          false,
          true,
        )
        const own = tf.logSoftmax(similarities).mul(tf.eye(places))
        return own.sum().div(-n * places) as tf.Scalar
      }),
  }
}

function toUnitLength(vectors: tf.Tensor): tf.Tensor {
  return vectors.div(vectors.square().sum(-1, true).add(leastSquaredLength).sqrt())
}
