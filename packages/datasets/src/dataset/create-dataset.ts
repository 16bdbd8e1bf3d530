import {
  type Attribute,
  type Augmentation,
  type Batch,
  type Batches,
  type BatchOptions,
  type Condition,
  conditionShape,
  type Dataset,
  GankitError,
  type Position,
  type Skipped,
} from '@gankit/core'
import * as tf from '@tensorflow/tfjs'
import { createAugment } from './augment.ts'
import { type BatchValues, createBatches, type Values } from './batches.ts'
import { toUnit } from './to-unit.ts'

/** The attributes of all samples of a source. */
export interface SourceAttributes {
  readonly definitions: readonly Attribute[]
  /** [size, definitions.length], row-major: the index of each sample's value in `values` of the attribute. */
  readonly values: Uint8Array
}

/** Samples by number; `createDataset` makes a dataset of them. */
export interface SampleSource {
  /** The shape of one sample: [height, width, channels] for images, [length] for sequences of tokens. */
  readonly sampleShape: readonly number[]
  /** The type of the samples; 'int32' goes with an Int32Array from `read`. Default 'float32'. */
  readonly dtype?: 'float32' | 'int32'
  /** What the conditions of samples are; goes with `readConditions`. */
  readonly condition?: Condition
  /** The number of samples. */
  readonly size: number
  /** One class number per sample; goes with `classes`. */
  readonly labels?: ArrayLike<number>
  readonly classes?: readonly string[]
  readonly attributes?: SourceAttributes
  readonly skipped?: readonly Skipped[]
  /** The augmentation of batches that are given none. */
  readonly augment?: Augmentation
  /**
   * The values of these samples, one after another, in memory of their own. Where it gives a promise, the next batch is
   * read while the last one is in use.
   */
  read(indices: Uint32Array): Values | Promise<Values>
  /**
   * The values of the conditions of these samples, as `read` gives those of the samples. Where a sample has several, such as captions,
   * the position says which batch they are for.
   */
  readConditions?(indices: Uint32Array, position: Position): Values | Promise<Values>
  close?(): Promise<void>
}

/**
 * Makes a dataset of a source. Order, positions, augmentation and tensors come from here for all datasets.
 * @throws GankitError where conditions have no description, or a description has no conditions
 */
export function createDataset(source: SampleSource): Dataset {
  const { sampleShape, dtype = 'float32', condition, size, classes, attributes, skipped } = source
  if ((condition === undefined) !== (source.readConditions === undefined))
    throw new GankitError(
      'datasets',
      'option',
      `source has ${condition ? 'condition without readConditions' : 'readConditions without condition'}, expected both or neither`,
    )
  return {
    sampleShape,
    size,
    ...(source.dtype && { dtype }),
    ...(condition && { condition }),
    ...(classes && { classes }),
    ...(attributes && { attributes: attributes.definitions }),
    ...(skipped && { skipped }),
    ...(source.close && { close: () => source.close!() }),
    batches(options: BatchOptions): Batches {
      const augmentation = options.augment ?? source.augment ?? {}
      const augment = createAugment(augmentation, source, options.seed)
      return createBatches<BatchValues>(size, options, {
        read: (indices, position) => readValues(source, indices, position),
        toBatch: (values, indices, position) => toBatch(source, augment(values, position), indices),
      })
    },
    select: indices => createDataset(selectSamples(source, indices)),
  }
}

/**
 * A source of some samples of another one, by number. Closing is left to the other.
 * @throws GankitError for a number that no sample has
 */
export function selectSamples(source: SampleSource, chosen: Uint32Array): SampleSource {
  const { close: _, readConditions, labels, attributes, ...rest } = source
  const wrong = chosen.find(index => index >= source.size)
  if (wrong !== undefined)
    throw new GankitError(
      'datasets',
      'option',
      `sample ${wrong} is selected of ${source.size}, expected numbers from 0 to ${source.size - 1}`,
    )
  const translate = (indices: Uint32Array) => indices.map(index => chosen[index]!)
  return {
    ...rest,
    size: chosen.length,
    ...(labels && { labels: Int32Array.from(chosen, index => labels[index]!) }),
    ...(attributes && {
      attributes: {
        ...attributes,
        values: takeRows(attributes.values, attributes.definitions.length, chosen),
      },
    }),
    read: indices => source.read(translate(indices)),
    ...(readConditions && {
      readConditions: (indices: Uint32Array, position: Position) =>
        source.readConditions!(translate(indices), position),
    }),
  }
}

/** Copies rows of `width` numbers, in the order of `indices`. */
export function takeRows<Rows extends Uint8Array | Float32Array | Int32Array>(
  rows: Rows,
  width: number,
  indices: Uint32Array,
): Rows & Values {
  const taken = new (rows.constructor as new (length: number) => Rows & Values)(indices.length * width)
  for (const [row, index] of indices.entries())
    taken.set(rows.subarray(index * width, (index + 1) * width), row * width)
  return taken
}

function readValues(
  source: SampleSource,
  indices: Uint32Array,
  position: Position,
): BatchValues | Promise<BatchValues> {
  const samples = source.read(indices)
  if (!source.readConditions)
    return samples instanceof Promise ? samples.then(samples => ({ samples })) : { samples }
  const conditions = source.readConditions(indices, position)
  return samples instanceof Promise || conditions instanceof Promise
    ? Promise.all([samples, conditions]).then(([samples, conditions]) => ({ samples, conditions }))
    : { samples, conditions }
}

function toBatch(source: SampleSource, { samples, conditions }: BatchValues, indices: Uint32Array): Batch {
  const { sampleShape, dtype = 'float32', condition, labels, attributes } = source
  if (samples instanceof Int32Array !== (dtype === 'int32'))
    throw new GankitError(
      'datasets',
      'data',
      `source gave its samples as ${samples.constructor.name}, expected ${dtype === 'int32' ? 'Int32Array' : 'Uint8Array or Float32Array'}, as its dtype is ${dtype}`,
    )
  const count = indices.length
  return {
    samples: toTensor(samples, [count, ...sampleShape]),
    ...(conditions && { condition: toTensor(conditions, [count, ...conditionShape(condition!)]) }),
    ...(labels && { labels: Int32Array.from(indices, index => labels[index]!) }),
    ...(attributes && { attributes: takeRows(attributes.values, attributes.definitions.length, indices) }),
  }
}

function toTensor(values: Values, shape: number[]): tf.Tensor {
  if (values instanceof Int32Array) return tf.tensor(values, shape, 'int32')
  return tf.tensor(values instanceof Uint8Array ? toUnit(values) : values, shape)
}
