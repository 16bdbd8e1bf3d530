import type { Attribute } from '@gankit/core'
import type * as tf from '@tensorflow/tfjs'

/**
 * The most probable value of each attribute.
 * @param logits [count, all values of all attributes], which are disposed of
 * @returns [count, attributes.length], row-major
 */
export async function mostProbable(
  logits: tf.Tensor2D,
  attributes: readonly Attribute[],
): Promise<Uint8Array> {
  const all = await logits.data<'float32'>()
  logits.dispose()
  const codes = new Uint8Array(logits.shape[0] * attributes.length)
  let from = 0
  for (let i = 0; i < codes.length; i++) {
    const { values } = attributes[i % attributes.length]!
    const own = all.subarray(from, from + values.length)
    codes[i] = own.indexOf(Math.max(...own))
    from += values.length
  }
  return codes
}
