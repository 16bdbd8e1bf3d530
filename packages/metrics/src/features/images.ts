import { type Dataset, sizeOfShape } from '@gankit/core'
import * as tf from '@tensorflow/tfjs'

const batchSize = 250

/** The first `count` images of a dataset in a seeded order, not augmented. The consumer disposes of them. */
export async function* readImages(dataset: Dataset, count: number, seed: number): AsyncGenerator<tf.Tensor> {
  const size = Math.min(batchSize, count)
  const batches = dataset.batches({ size, seed, dropLast: false, epochs: 1, augment: {} })
  try {
    let left = count
    for await (const { samples } of batches) {
      const [there] = samples.shape as [number]
      yield there <= left ? samples : takeFirst(samples, left)
      left -= there
      if (left <= 0) return
    }
  } finally {
    await batches.return?.()
  }
}

/**
 * Images in plain numbers as tensors of up to 250. The consumer disposes of them.
 * @param samples [count, …sampleShape], row-major
 */
export async function* batchImages(
  samples: Float32Array,
  sampleShape: readonly number[],
): AsyncGenerator<tf.Tensor> {
  const size = sizeOfShape(sampleShape)
  for (let from = 0; from < samples.length; from += batchSize * size) {
    const part = samples.subarray(from, from + batchSize * size)
    yield tf.tensor(part, [part.length / size, ...sampleShape])
  }
}

/** A copy of the first samples; the tensor itself is disposed of. */
function takeFirst(samples: tf.Tensor, count: number): tf.Tensor {
  const first = tf.slice(samples, 0, count)
  samples.dispose()
  return first
}
