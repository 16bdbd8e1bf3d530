import {
  type Augmentation,
  type Condition,
  conditionSize,
  type Dataset,
  GankitError,
  type Skipped,
  sizeOfShape,
} from '@gankit/core'
import { createDataset, type SourceAttributes, takeRows } from './create-dataset.ts'

/** Numbers one after another: bytes, which stand for [−1, 1], floats as they are, or whole numbers. */
type Numbers = Uint8Array | Float32Array | Int32Array

export interface ArrayOptions {
  /**
   * n samples one after another. Bytes b become b / 127.5 − 1, in [−1, 1]; floats stay as they are; an Int32Array gives
   * int32 samples, such as token numbers. Kept, not copied, unless `dtype` changes its type.
   */
  readonly samples: Numbers
  /** The shape of one sample: [height, width, channels] for images, [length] for sequences of tokens. */
  readonly shape: readonly number[]
  /** 'int32' takes bytes as whole numbers, too. Default: 'int32' for an Int32Array, else 'float32'. */
  readonly dtype?: 'float32' | 'int32'
  /** n conditions one after another, one per sample, with values as `samples` has them. Kept, not copied. */
  readonly conditions?: Numbers
  /** What the conditions are; goes with `conditions`. */
  readonly condition?: Condition
  /** One class number per sample. Kept, not copied. Default: no labels. */
  readonly labels?: Uint8Array | Int32Array
  /** The names of the classes. Default: '0', '1', … up to the largest label. */
  readonly classes?: readonly string[]
  /** The attributes of the samples. Default: none. */
  readonly attributes?: SourceAttributes
  /** The augmentation of batches that are given none. Default: none. */
  readonly augment?: Augmentation
  /** Files that gave no sample. */
  readonly skipped?: readonly Skipped[]
}

/**
 * Makes a dataset of arrays in memory. Batches have samples [size, ...shape], and a condition of each sample
 * where there are conditions.
 * @throws GankitError where numbers, shapes, labels, classes and attributes don't fit together
 */
export function fromArrays({
  samples: given,
  shape,
  dtype,
  conditions,
  condition,
  labels,
  classes,
  attributes,
  ...others
}: ArrayOptions): Dataset {
  const samples = toDtype(given, dtype)
  const width = checkShape('shape', shape)
  const size = samples.length / width
  if (size < 1 || !Number.isInteger(size))
    throw new GankitError(
      'datasets',
      'data',
      `samples has ${samples.length} numbers, expected a multiple of ${width} for samples of shape [${shape}]`,
    )
  if ((conditions === undefined) !== (condition === undefined))
    throw new GankitError(
      'datasets',
      'option',
      `${conditions ? 'conditions' : 'condition'} is given alone, expected conditions and condition, which says what they are, together`,
    )
  const conditionWidth = condition && conditionSize(condition)
  if (conditions && conditionWidth) checkLength('conditions', conditions, size, conditionWidth)
  if (attributes) checkLength('attributes.values', attributes.values, size, attributes.definitions.length)
  return createDataset({
    ...others,
    sampleShape: shape,
    size,
    ...(samples instanceof Int32Array && { dtype: 'int32' }),
    ...(labels && { labels, classes: nameClasses(labels, size, classes) }),
    ...(attributes && { attributes }),
    read: indices => takeRows(samples, width, indices),
    ...(conditions &&
      condition && {
        condition,
        readConditions: (indices: Uint32Array) => takeRows(conditions, conditionWidth!, indices),
      }),
  })
}

function toDtype(samples: Numbers, dtype: ArrayOptions['dtype']): Numbers {
  if (dtype === 'int32' && samples instanceof Uint8Array) return Int32Array.from(samples)
  if (dtype === undefined || (dtype === 'int32') === samples instanceof Int32Array) return samples
  throw new GankitError(
    'datasets',
    'option',
    `samples is a ${samples.constructor.name}, expected ${dtype === 'int32' ? 'an Int32Array or a Uint8Array' : 'a Float32Array or a Uint8Array'} for dtype ${dtype}`,
  )
}

function checkShape(name: string, shape: readonly number[]): number {
  if (shape.length === 0 || !shape.every(side => Number.isSafeInteger(side) && side >= 1))
    throw new GankitError(
      'datasets',
      'option',
      `${name} is [${shape}], expected whole numbers of at least 1, such as [28, 28, 1]`,
    )
  return sizeOfShape(shape)
}

function checkLength(name: string, numbers: Numbers, size: number, width: number): void {
  if (numbers.length !== size * width)
    throw new GankitError(
      'datasets',
      'data',
      `${name} has ${numbers.length} numbers, expected ${size * width}: ${width} for each of ${size} samples`,
    )
}

/** The names of the classes. @throws GankitError for labels of another number, and labels that have no class */
function nameClasses(
  labels: Uint8Array | Int32Array,
  size: number,
  classes?: readonly string[],
): readonly string[] {
  if (labels.length !== size)
    throw new GankitError(
      'datasets',
      'data',
      `labels has ${labels.length} numbers, expected ${size}, one for each sample`,
    )
  let [min, max] = [labels[0]!, labels[0]!]
  for (const label of labels) {
    min = Math.min(min, label)
    max = Math.max(max, label)
  }
  const names = classes ?? Array.from({ length: max + 1 }, (_, label) => String(label))
  if (min < 0 || max >= names.length)
    throw new GankitError(
      'datasets',
      'data',
      `labels go from ${min} to ${max}, expected 0 to ${names.length - 1}: a label is an index into classes`,
    )
  return names
}
