import { mnist } from '@gankit/datasets'
import type * as tf from '@tensorflow/tfjs'
import { digitsSplit } from '../../src/index.ts'

interface HeldOut {
  /** Whole once `images` has been gone through. */
  readonly labels: Int32Array
  images(): AsyncGenerator<tf.Tensor>
}

/** The held-out digits in their order, with labels. */
export async function heldOutDigits(size = 500): Promise<HeldOut> {
  const { from, to } = digitsSplit.heldOut
  const labels = new Int32Array(to - from)
  async function* images(): AsyncGenerator<tf.Tensor> {
    const position = { epoch: 0, batch: from / size }
    let at = 0
    for await (const batch of (await mnist()).batches({ size, shuffle: false, epochs: 1, position })) {
      labels.set(batch.labels!, at)
      at += size
      yield batch.samples
    }
  }
  return { labels, images }
}
