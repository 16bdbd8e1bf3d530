import { randomStream } from '@gankit/core'
import { mnist } from '@gankit/datasets'
import { takeRows } from '../../src/features/feature-rows.ts'
import type { FeatureRows } from '../../src/index.ts'

/** Pixels of images in rows, in [−1, 1], and what each image shows. */
export interface Digits extends FeatureRows {
  readonly labels: Int32Array
}

/** All embedded digits, in their order. */
export async function allDigits(): Promise<Digits> {
  const dataset = await mnist()
  const size = dataset.sampleShape.reduce((product, length) => product * length, 1)
  const values = new Float32Array(dataset.size * size)
  const labels = new Int32Array(dataset.size)
  let count = 0
  for await (const batch of dataset.batches({ size: 500, shuffle: false, epochs: 1 })) {
    values.set(await batch.samples.data<'float32'>(), count * size)
    labels.set(batch.labels!, count)
    count += batch.samples.shape[0]!
    batch.samples.dispose()
  }
  return { values, labels, count, size }
}

/** The chosen ones, in the order given. */
export function take(digits: Digits, chosen: Uint32Array): Digits {
  return { ...takeRows(digits, chosen), labels: Int32Array.from(chosen, index => digits.labels[index]!) }
}

/**
 * Shuffles the digits and parts them: `count` stand for the data, the rest are a perfect generator's. The extractor was
 * trained on most of them; it has seen as many of either part, so neither looks better to it.
 */
export function divide(
  digits: Digits,
  count: number,
  seed: number,
): { readonly real: Digits; readonly rest: Digits } {
  const order = randomStream(seed, 'sanity/parts').permutation(digits.count)
  return { real: take(digits, order.subarray(0, count)), rest: take(digits, order.subarray(count)) }
}
