import type * as tf from '@tensorflow/tfjs'
import { sha256Of } from '../sha256.ts'

/**
 * SHA-256 over weights in the order given: for each its name, its shape and its bytes.
 * @throws GankitError in a page without `crypto.subtle`
 */
export async function hashWeights(weights: readonly (readonly [string, tf.Tensor])[]): Promise<string> {
  const parts: BlobPart[] = []
  for (const [name, weight] of weights) {
    const values = await weight.data()
    parts.push(`${name}[${weight.shape}]\0`)
    parts.push(new Uint8Array(values.buffer as ArrayBuffer, values.byteOffset, values.byteLength))
  }
  return sha256Of(new Blob(parts))
}
