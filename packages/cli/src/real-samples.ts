import type { Batch, Dataset } from '@gankit/core'

/** Real samples that fakes are compared with, at most. */
const most = 512

/** A seeded choice of a dataset's samples, [n, …sampleShape] as plain numbers; no iterator of the run moves. */
export async function realSamples(dataset: Dataset): Promise<Float32Array> {
  const batches = dataset.batches({ size: Math.min(most, dataset.size), seed: 1, augment: {} })
  try {
    const { samples } = (await batches.next()).value as Batch
    const numbers = (await samples.data<'float32'>()).slice()
    samples.dispose()
    return numbers
  } finally {
    await batches.return?.()
  }
}
