import type { Term } from '@gankit/core'
import { type PatchNceContext, patchNce } from '@gankit/losses'
import * as tf from '@tensorflow/tfjs'

/** What a batch of captions and its pictures are embedded as, row by row: [n, size] each. */
export interface EmbeddedPairs {
  readonly captions: tf.Tensor
  readonly pictures: tf.Tensor
}

/** How well captions and pictures of a batch find one another. */
export type MatchingLoss = (pairs: EmbeddedPairs) => tf.Scalar

/**
 * The contrast of captions and pictures (Zhang et al. 2021, arXiv 2101.04702, equations 1 and 2, which AttnGAN's sentence loss has too):
 * with t and p the embedded captions and pictures, each brought to length 1,
 *
 *     −½·E_i log( exp(t_i·p_i/τ) / Σ_j exp(t_i·p_j/τ) ) − ½·E_i log( exp(p_i·t_i/τ) / Σ_j exp(p_i·t_j/τ) )
 *
 * log n where the embeddings tell nothing.
 */
export function matchingLoss(temperature: number): MatchingLoss {
  const contrast: Term<PatchNceContext> = patchNce({ temperature })
  const rows = (x: tf.Tensor) => x.expandDims(0)
  return ({ captions, pictures }) => {
    const [c, p] = [rows(captions), rows(pictures)]
    const both = [contrast.value({ queries: c, keys: p }), contrast.value({ queries: p, keys: c })]
    return tf.mul(tf.addN(both), 0.5) as tf.Scalar
  }
}
