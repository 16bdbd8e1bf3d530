import type * as tf from '@tensorflow/tfjs'

/** A few samples, in [−1, 1] where they are images. Whoever takes a batch disposes of its `samples`. */
export interface Batch {
  /** [n, ...sampleShape], float32 */
  readonly samples: tf.Tensor
  /** One class number a sample, where the dataset has labels. */
  readonly labels?: Int32Array
}

/** How far an iteration is: the next batch to come is number `batch` of epoch `epoch`, both from 0. */
export interface Position {
  readonly epoch: number
  readonly batch: number
}

export interface BatchOptions {
  /** Samples in a batch. */
  readonly size: number
  /** Seed of the order; each epoch has its own. Default 0. */
  readonly seed?: number
  /** Whether the order is random. Default true. */
  readonly shuffle?: boolean
  /** Whether a last batch that is not full is left out. Default true. */
  readonly dropLast?: boolean
  /** How often the dataset is gone through. Default Infinity. */
  readonly epochs?: number
  /** Where to go on, as an earlier `position()` said. Default: at the start. */
  readonly position?: Position
}

/** Batches without end (or for `epochs`), and where the next one is. */
export interface Batches extends AsyncIterableIterator<Batch> {
  position(): Position
}

/** Samples of one shape, in any number and from anywhere. */
export interface Dataset {
  /** The shape of one sample, [28, 28, 1] for digits. */
  readonly sampleShape: readonly number[]
  /** How many samples there are. */
  readonly size: number
  /** The names of the classes, where there are labels; a label is an index into them. */
  readonly classes?: readonly string[]
  batches(options: BatchOptions): Batches
}
