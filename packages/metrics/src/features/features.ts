import type { Attribute } from '@gankit/core'
import type * as tf from '@tensorflow/tfjs'

/** What a network makes of images: the numbers between which distances are measured. */
export interface Features {
  /** [count, size], row-major. */
  readonly values: Float32Array
  readonly count: number
  /** Features per image. */
  readonly size: number
  /** [count, classes], row-major, before softmax; where the network is a classifier. */
  readonly logits?: Float32Array
}

/** Turns images into features. Metrics that were measured with two different extractors don't compare. */
export interface Extractor {
  /** 'digits', 'pixels' and so on. */
  readonly name: string
  /** SHA-256 of its weights; of its name where it has none. */
  readonly sha256: string
  /** The shape of one image that it takes, such as [28, 28, 1]. Undefined: any shape. */
  readonly imageShape?: readonly number[]
  /** @param images [n, …imageShape], in [−1, 1]; the caller's. @returns tensors that the caller owns */
  extract(images: tf.Tensor): { readonly features: tf.Tensor2D; readonly logits?: tf.Tensor2D }
  /** The attributes that `classifyAttributes` recognizes, where the extractor is a classifier of attributes. */
  readonly attributes?: readonly Attribute[]
  /**
   * The most probable value of each attribute.
   * @param images as for `extract`; the caller's
   * @returns [n, attributes.length], row-major: codes as in a batch, indices into each attribute's `values`
   */
  classifyAttributes?(images: tf.Tensor): Promise<Uint8Array>
}

/** An extractor with weights on the backend. */
export interface DisposableExtractor extends Extractor {
  /** Frees the weights. The extractor can't be used afterwards. */
  dispose(): void
}

/** Images in pieces of any size, each [n, …imageShape]. The consumer of a piece disposes of it. */
export type Images = AsyncIterable<tf.Tensor>
