import type * as tf from '@tensorflow/tfjs'

/** Something that every sample has one value of: hair colour, glasses. */
export interface Attribute {
  readonly name: string
  /** The names of its values; an attribute's code is an index into them. */
  readonly values: readonly string[]
}

/** A few samples, in [−1, 1] where they are images. The taker of a batch disposes of it, see `disposeBatch`. */
export interface Batch {
  /** [n, ...sampleShape], float32, or int32 where samples are tokens */
  readonly samples: tf.Tensor
  /** [n, ...conditionShape]: the image, the tokens (int32) or the vector that each sample goes with, where the dataset has them. */
  readonly condition?: tf.Tensor
  /** One class number a sample, where the dataset has labels. */
  readonly labels?: Int32Array
  /** [n, dataset.attributes.length], row-major, where the dataset has attributes: codes of their values. */
  readonly attributes?: Uint8Array
}

/** Frees a batch's tensors. */
export function disposeBatch({ samples, condition }: Batch): void {
  samples.dispose()
  condition?.dispose()
}

/** How far an iteration is: the next batch to come is number `batch` of epoch `epoch`, both from 0. */
export interface Position {
  readonly epoch: number
  readonly batch: number
}

/** Changes to images that leave them what they are; each sample's are drawn anew in every epoch. */
export interface Augmentation {
  /** Left and right change places in every other sample, at random. Default false. */
  readonly flip?: boolean
  /** Moved by up to this many pixels each way; pixels of the edge fill the gap. Whole number, default 0. */
  readonly translate?: number
  /** Made lighter or darker by up to this share of the range. From 0 to below 1, default 0. */
  readonly brightness?: number
  /** Contrast multiplied by up to 1 ± this. From 0 to below 1, default 0. */
  readonly contrast?: number
}

export interface BatchOptions {
  /** Samples in a batch. */
  readonly size: number
  /** Seed of the order and of augmentation; each epoch has its own. Default 0. */
  readonly seed?: number
  /** Whether the order is random. Default true. */
  readonly shuffle?: boolean
  /** Whether a last batch that is not full is left out. Default true. */
  readonly dropLast?: boolean
  /** How often the dataset is gone through. Default Infinity. */
  readonly epochs?: number
  /** Where to go on, as an earlier `position()` said. Default: at the start. */
  readonly position?: Position
  /** For images alone. Default: the dataset's own, mostly none. */
  readonly augment?: Augmentation
}

/** Batches without end (or for `epochs`), and where the next one is. */
export interface Batches extends AsyncIterableIterator<Batch> {
  position(): Position
  /** Batches in an epoch, where they are counted. */
  readonly perEpoch?: number
}

/** A source that gave no sample, and why. */
export interface Skipped {
  /** The file, relative to the folder or zip. */
  readonly name: string
  readonly why: string
}

/** Samples of one shape, in any number and from anywhere. */
export interface Dataset {
  /** The shape of one sample, [28, 28, 1] for digits. */
  readonly sampleShape: readonly number[]
  /** How many samples there are. */
  readonly size: number
  /** The names of the classes, where there are labels; a label is an index into them. */
  readonly classes?: readonly string[]
  /** What batches say of each sample beside its class. */
  readonly attributes?: readonly Attribute[]
  /** Files that gave no sample. */
  readonly skipped?: readonly Skipped[]
  batches(options: BatchOptions): Batches
  /** Lets go of files that are held open. Batches can't be had afterwards. */
  close?(): Promise<void>
}
