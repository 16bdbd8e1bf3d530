import * as tf from '@tensorflow/tfjs'
import { type Attribute, type Condition, conditionShape, encodeCategories } from './condition.ts'
import type { Distribution } from './distribution.ts'
import { GankitError } from './errors.ts'

/**
 * A few samples, in [−1, 1] where they are images. The code that takes a batch owns its tensors, and calls
 * `disposeBatch` when it is done.
 */
export interface Batch {
  /** [n, ...sampleShape], of the dataset's `dtype` */
  readonly samples: tf.Tensor
  /**
   * [n, ...conditionShape]: what each sample goes with, where the dataset has it: an image, token numbers (int32) or a
   * vector. Images are in [−1, 1].
   */
  readonly condition?: tf.Tensor
  /** One class number per sample, where the dataset has labels. */
  readonly labels?: Int32Array
  /**
   * [n, dataset.attributes.length], row-major, where the dataset has attributes: for each sample and attribute the index
   * of the value in `values`.
   */
  readonly attributes?: Uint8Array
}

/** Disposes of all tensors of a batch: its samples, and its condition where it has one. */
export function disposeBatch({ samples, condition }: Batch): void {
  samples.dispose()
  condition?.dispose()
}

/** How far an iteration is: the next batch is number `batch` of epoch `epoch`, both counted from 0. */
export interface Position {
  readonly epoch: number
  readonly batch: number
}

/** Random changes of images that keep their meaning; they are drawn anew for each sample in every epoch. */
export interface Augmentation {
  /** Mirrors every other sample, at random, left to right. Default false. */
  readonly flip?: boolean
  /** Enlarges samples by this share, and crops them to their size again at a random place. From 0 to 1, default 0. */
  readonly jitter?: number
  /** Moves samples by up to this many pixels in each direction; edge pixels fill the gap. Whole number, default 0. */
  readonly translate?: number
  /** Makes samples lighter or darker by up to this share of the range. From 0 to below 1, default 0. */
  readonly brightness?: number
  /** Multiplies the contrast by up to 1 ± this. From 0 to below 1, default 0. */
  readonly contrast?: number
}

export interface BatchOptions {
  /** Samples per batch. */
  readonly size: number
  /** Seed of the order and of the augmentation; each epoch has an order of its own. Default 0. */
  readonly seed?: number
  /** Whether the order is random. Default true. */
  readonly shuffle?: boolean
  /** Whether the last batch of an epoch is left out where it isn't full. Default true. */
  readonly dropLast?: boolean
  /** Number of passes through the dataset. Default Infinity. */
  readonly epochs?: number
  /** Where to continue, from an earlier `position()`. Default: at the start. */
  readonly position?: Position
  /** For images only. Default: the dataset's own augmentation, which most datasets don't have. */
  readonly augment?: Augmentation
}

/** Batches without end, or for `epochs` epochs, and the position of the next one. */
export interface Batches extends AsyncIterableIterator<Batch> {
  position(): Position
  /** Batches in an epoch, where their number is known. */
  readonly perEpoch?: number
}

/** A file that gave no sample, and the reason. */
export interface Skipped {
  /** The file's path, relative to the folder or zip. */
  readonly name: string
  readonly why: string
}

/** Samples of one shape and type, in any number and from anywhere. */
export interface Dataset {
  /** The shape of one sample: [28, 28, 1] for digits, [length] for sequences of tokens. */
  readonly sampleShape: readonly number[]
  /** The type of the samples: float32, or int32 for token numbers. Default 'float32'. */
  readonly dtype?: 'float32' | 'int32'
  /** What the conditions of batches are, where they have some. */
  readonly condition?: Condition
  /** The number of samples. */
  readonly size: number
  /** The names of the classes, where there are labels; a label is an index into them. */
  readonly classes?: readonly string[]
  /** The properties that batches give for each sample beside its class. */
  readonly attributes?: readonly Attribute[]
  /** What samples were drawn from, where they are points of a distribution that is known. */
  readonly distribution?: Distribution
  /** Files that gave no sample. */
  readonly skipped?: readonly Skipped[]
  batches(options: BatchOptions): Batches
  /**
   * A dataset of some of the samples, by number, in this order. It reads through this one, which alone is closed. Default: a part of
   * the dataset can't be had.
   */
  select?(indices: Uint32Array): Dataset
  /** Closes files that are held open. The dataset gives no batches afterwards. */
  close?(): Promise<void>
}

/** Batches with each one changed or inspected on its way; positions and early ends pass through to `batches`. */
export function mapBatches(batches: Batches, map: (batch: Batch) => Batch | Promise<Batch>): Batches {
  const mapped: Batches = {
    ...(batches.perEpoch !== undefined && { perEpoch: batches.perEpoch }),
    position: () => batches.position(),
    async next() {
      const result = await batches.next()
      return result.done ? result : { done: false, value: await map(result.value) }
    },
    return: async value => (await batches.return?.(value)) ?? { done: true, value },
    [Symbol.asyncIterator]: () => mapped,
  }
  return mapped
}

/**
 * The condition of a batch's samples: one-hot of its attributes for categories, else the batch's own condition.
 * @returns [n, ...conditionShape], which the caller owns
 * @throws GankitError for a batch without it, or with one of another shape
 */
export function readCondition(batch: Batch, condition: Condition): tf.Tensor {
  const n = batch.samples.shape[0]!
  const shape = conditionShape(condition)
  if (condition.kind === 'categories') {
    const { attributes } = condition
    const codes = batch.attributes
    if (codes?.length !== n * attributes.length)
      throw new GankitError(
        'core',
        'data',
        `a batch of ${n} samples has ${codes?.length ?? 'no'} codes of attributes, expected those of the condition (${attributes.map(({ name }) => name).join(', ')}): choose them from the data by \`withAttributes\``,
      )
    return tf.tensor2d(encodeCategories(attributes, codes), [n, ...shape] as [number, number])
  }
  const given = batch.condition
  if (given && String(given.shape) === String([n, ...shape])) return tf.clone(given)
  throw new GankitError(
    'core',
    'data',
    `a batch has ${given ? `a condition of [${given.shape.join(', ')}]` : 'no condition'}, expected [${[n, ...shape].join(', ')}]: pair the data with the condition (${condition.kind})`,
  )
}
