import type { Dataset } from '@gankit/core'
import * as tf from '@tensorflow/tfjs'

/** Images that go through at once. */
const piece = 250

/** The first images of a dataset in a seeded order, as they are: nothing is augmented. */
export async function* imagesOfDataset(
  dataset: Dataset,
  count: number,
  seed: number,
): AsyncGenerator<tf.Tensor> {
  const size = Math.min(piece, count)
  const batches = dataset.batches({ size, seed, dropLast: false, epochs: 1, augment: {} })
  try {
    let left = count
    for await (const { samples } of batches) {
      const [there] = samples.shape as [number]
      yield there <= left ? samples : firstOf(samples, left)
      left -= there
      if (left <= 0) return
    }
  } finally {
    await batches.return?.()
  }
}

/** Images that are there as plain numbers. @param samples [count, …sampleShape] */
export async function* imagesOfNumbers(
  samples: Float32Array,
  sampleShape: readonly number[],
): AsyncGenerator<tf.Tensor> {
  const size = sampleShape.reduce((product, side) => product * side, 1)
  for (let from = 0; from < samples.length; from += piece * size) {
    const part = samples.subarray(from, from + piece * size)
    yield tf.tensor(part, [part.length / size, ...sampleShape])
  }
}

function firstOf(samples: tf.Tensor, count: number): tf.Tensor {
  const first = tf.slice(samples, 0, count)
  samples.dispose()
  return first
}
