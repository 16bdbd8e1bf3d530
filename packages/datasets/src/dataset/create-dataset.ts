import type { Attribute, Augmentation, Batch, Batches, BatchOptions, Dataset, Skipped } from '@gankit/core'
import * as tf from '@tensorflow/tfjs'
import { augmenter } from './augment.ts'
import { batchesOf } from './batches.ts'
import { toUnit } from './to-unit.ts'

/** Bytes, which batches give as numbers in [−1, 1], or numbers that they give as they are. */
export type Values = Uint8Array<ArrayBuffer> | Float32Array<ArrayBuffer>

/** Where samples come from; `datasetOf` makes a dataset of it. */
export interface SampleSource {
  /** The shape of one sample: [height, width, channels] for images. */
  readonly sampleShape: readonly number[]
  readonly size: number
  /** One class number a sample; goes with `classes`. */
  readonly labels?: ArrayLike<number>
  readonly classes?: readonly string[]
  /** [size, attributes.length], row-major; goes with `attributes`. */
  readonly codes?: Uint8Array
  readonly attributes?: readonly Attribute[]
  readonly skipped?: readonly Skipped[]
  /** What batches get unless they are told otherwise. */
  readonly augment?: Augmentation
  /**
   * The values of these samples in this order, in memory of their own. Where it takes its time, the next batch is read
   * while the last one is in use.
   */
  read(indices: Uint32Array): Values | Promise<Values>
  close?(): Promise<void>
}

/** The one way from a source to a dataset: order, positions, augmentation and tensors are alike for all. */
export function datasetOf(source: SampleSource): Dataset {
  const { sampleShape, size, labels, classes, codes, attributes, skipped } = source
  const toBatch = (values: Values, indices: Uint32Array): Batch => ({
    samples: tf.tensor(values instanceof Uint8Array ? toUnit(values) : values, [
      indices.length,
      ...sampleShape,
    ]),
    ...(labels && { labels: Int32Array.from(indices, index => labels[index]!) }),
    ...(attributes && { attributes: rowsOf(codes!, attributes.length, indices) }),
  })
  return {
    sampleShape,
    size,
    ...(classes && { classes }),
    ...(attributes && { attributes }),
    ...(skipped && { skipped }),
    ...(source.close && { close: () => source.close!() }),
    batches(options: BatchOptions): Batches {
      const augment = augmenter(options.augment ?? source.augment ?? {}, sampleShape, options.seed)
      return batchesOf<Values>(size, options, {
        read: indices => source.read(indices),
        toBatch: (values, indices, position) => toBatch(augment(values, position), indices),
      })
    },
  }
}

function rowsOf(codes: Uint8Array, width: number, indices: Uint32Array): Uint8Array {
  const rows = new Uint8Array(indices.length * width)
  for (const [row, index] of indices.entries())
    rows.set(codes.subarray(index * width, (index + 1) * width), row * width)
  return rows
}
