import type { Attribute } from '@gankit/core'
import type * as tf from '@tensorflow/tfjs'

/** What a network sees in images: the numbers that distances are measured on. */
export interface Features {
  /** [count, size], row-major. */
  readonly values: Float32Array
  readonly count: number
  /** Numbers an image. */
  readonly size: number
  /** [count, classes], row-major, where the network tells classes apart; before softmax. */
  readonly logits?: Float32Array
}

/** Turns images into features. Figures of two extractors don't compare. */
export interface Extractor {
  /** 'digits', 'pixels' and so on. */
  readonly name: string
  /** SHA-256 of its weights; of its name where it has none. */
  readonly sha256: string
  /** The shape of one image that it takes, [28, 28, 1]; undefined: any. */
  readonly imageShape?: readonly number[]
  /** @param images [n, …imageShape], in [−1, 1]; the caller's. @returns tensors that the caller owns */
  extract(images: tf.Tensor): { readonly features: tf.Tensor2D; readonly logits?: tf.Tensor2D }
  /** What `attributesOf` tells of each image, where there is such a thing. */
  readonly attributes?: readonly Attribute[]
  /**
   * The most probable value of each attribute.
   * @param images as for `extract`; the caller's
   * @returns [n, attributes.length], row-major: codes as those of a batch, indices into each attribute's `values`
   */
  attributesOf?(images: tf.Tensor): Promise<Uint8Array>
}

/** Images in pieces of any size; each piece belongs to whoever takes it. */
export type Images = AsyncIterable<tf.Tensor>
