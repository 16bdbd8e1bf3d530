import { GankitError } from '@gankit/core'
import type * as tf from '@tensorflow/tfjs'

/**
 * SHA-256 over weights in the order given: for each its name, its shape and its bytes.
 * @throws GankitError in a page without `crypto.subtle`
 */
export async function hashWeights(weights: readonly (readonly [string, tf.Tensor])[]): Promise<string> {
  // Undefined in pages that came over plain HTTP from another machine, whatever the types say.
  const { subtle } = crypto as { readonly subtle?: SubtleCrypto }
  if (!subtle)
    throw new GankitError(
      'metrics',
      'state',
      'this page has no crypto.subtle, expected it for the hash of a model: open the page over HTTPS or from localhost',
    )
  const parts: BlobPart[] = []
  for (const [name, weight] of weights) {
    const values = await weight.data()
    parts.push(`${name}[${weight.shape}]\0`)
    parts.push(new Uint8Array(values.buffer as ArrayBuffer, values.byteOffset, values.byteLength))
  }
  const digest = await subtle.digest('SHA-256', await new Blob(parts).arrayBuffer())
  return Array.from(new Uint8Array(digest), byte => byte.toString(16).padStart(2, '0')).join('')
}
