import * as tf from '@tensorflow/tfjs'
import { applyLinks, type Link } from './chain.ts'

export interface ProjectionOptions {
  /** The condition input, [n, c]: one-hot categories or a vector. */
  readonly condition: tf.SymbolicTensor
  /** Links from the features to the logit without a condition, [n, features] → [n, 1]: ψ below. */
  readonly logit: readonly Link[]
  /** A dense layer of c units without bias, [n, features] → [n, c]: V below. */
  readonly embedding: tf.layers.Layer
}

/**
 * Closes a conditional discriminator by projection (Miyato and Koyama 2018, arXiv 1802.05637, equation 3):
 *
 *     D(x, c) = cᵀ·V·φ(x) + ψ(φ(x))
 *
 * φ(x) the features of the last hidden layer, c the condition, V a learned matrix: for one-hot categories its rows are
 * embeddings of the values. The layers `condition_score` and `conditional_logit` behind the caller's are stock ones, so
 * that the network opens with plain tfjs.
 *
 * [n, features] → logits [n, 1]
 */
export function projection({ condition, logit, embedding }: ProjectionOptions): Link {
  return features => {
    const scores = embedding.apply(features) as tf.SymbolicTensor
    const score = tf.layers.dot({ name: 'condition_score', axes: 1 }).apply([scores, condition])
    return tf.layers
      .add({ name: 'conditional_logit' })
      .apply([applyLinks(features, logit), score as tf.SymbolicTensor]) as tf.SymbolicTensor
  }
}
