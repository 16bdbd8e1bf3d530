import { checkPositive, type Term } from '@gankit/core'
import * as tf from '@tensorflow/tfjs'
import { needPairs } from '../checks.ts'
import type { Entry } from '../entry.ts'

export interface WeightOptions {
  /** What the term is multiplied by in the loss, λ in the papers: above 0. */
  readonly weight?: number
}

/** What a supervised term compares: each fake with the real sample that goes with the same condition. */
export interface PairContext {
  /** [n, ...sampleShape] */
  readonly fake: tf.Tensor
  /** [n, ...sampleShape] */
  readonly real: tf.Tensor
}

/**
 * The L1 distance to the target, as in pix2pix (Isola et al. 2017, arXiv 1611.07004, equation 3), a term of G's loss:
 *
 *     λ·E‖y − G(x, z)‖₁     0 where each fake is its target
 *
 * y the real sample that goes with the condition x. ‖·‖₁ is the mean over a sample's numbers here, as in the paper's code, so
 * that λ doesn't depend on the size of samples. Alone it makes G draw the median of all answers, which is blurred.
 *
 * Default weight: 100, as in the paper. Samples in pairs [n, ...sampleShape] → scalar
 * @throws GankitError for a weight that is not above 0, and from `value` for samples of different shapes
 */
export function l1({ weight = 100 }: WeightOptions = {}): Term<PairContext> {
  checkPositive('losses', 'l1 weight', weight)
  return { name: 'l1', weight, value: ({ fake, real }) => meanDistance('l1', { real, fake }) }
}

export const entry: Entry<'l1', WeightOptions, Term<PairContext>> = {
  name: 'l1',
  options: ['weight'],
  create: l1,
}

/** The mean absolute difference of two tensors of one shape. @throws GankitError for different shapes */
export function meanDistance(term: string, pair: Readonly<Record<string, tf.Tensor>>): tf.Scalar {
  needPairs(term, pair)
  const [a, b] = Object.values(pair) as [tf.Tensor, tf.Tensor]
  return tf.tidy(() => a.sub(b).abs().mean() as tf.Scalar)
}
