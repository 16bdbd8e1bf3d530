import { GankitError } from '@gankit/core'
import type * as tf from '@tensorflow/tfjs'

/** @throws GankitError where G's loss compares with real samples and got no logits of them */
export function needReal(objective: string, real: tf.Tensor | undefined): tf.Tensor {
  if (real) return real
  throw new GankitError(
    'losses',
    'data',
    `G's loss of ${objective} got no logits on real samples, expected them as its second argument`,
  )
}

/** @throws GankitError unless each real sample, or its logit, has a fake one beside it */
export function needPairs(what: string, real: tf.Tensor, fake: tf.Tensor): void {
  if (real.shape.length === fake.shape.length && real.shape.every((side, i) => side === fake.shape[i])) return
  throw new GankitError(
    'losses',
    'data',
    `${what} got real [${real.shape}] and fake [${fake.shape}], expected the same shape: it compares them in pairs`,
  )
}
