import { type Augmentation, type Dataset, GankitError, type Skipped, sizeOfShape } from '@gankit/core'
import { datasetOf } from './create-dataset.ts'

export interface BytesOptions {
  /** n samples one after another, n · (the numbers in one sample) bytes. Kept, not copied. */
  readonly images: Uint8Array
  /** The shape of one sample: [height, width, channels] for images. */
  readonly sampleShape: readonly number[]
  /** One class number a sample, n in all. Kept, not copied. Default: no labels. */
  readonly labels?: Uint8Array | Int32Array
  /** The names of the classes. Default: '0', '1', … up to the largest label. */
  readonly classes?: readonly string[]
  /** What batches get unless they are told otherwise. Default: nothing. */
  readonly augment?: Augmentation
  /** What gave no sample, and why. */
  readonly skipped?: readonly Skipped[]
}

/**
 * A dataset of bytes in memory. Its batches are float32 [size, ...sampleShape] in [−1, 1].
 * @throws GankitError where bytes, shape, labels and classes do not fit together
 */
export function bytesDataset({ images, sampleShape, labels, classes, ...rest }: BytesOptions): Dataset {
  const sampleSize = checkedNumbersIn(sampleShape)
  const size = images.length / sampleSize
  if (size < 1 || !Number.isInteger(size))
    throw new GankitError(
      'datasets',
      'data',
      `images has ${images.length} bytes, expected a multiple of ${sampleSize} for samples of shape [${sampleShape}]`,
    )
  const names = labels && classesOf(labels, size, classes)

  const read = (indices: Uint32Array) => {
    const values = new Uint8Array(indices.length * sampleSize)
    for (const [row, index] of indices.entries())
      values.set(images.subarray(index * sampleSize, (index + 1) * sampleSize), row * sampleSize)
    return values
  }
  return datasetOf({ ...rest, sampleShape, size, ...(labels && names && { labels, classes: names }), read })
}

function checkedNumbersIn(sampleShape: readonly number[]): number {
  const whole = sampleShape.every(side => Number.isSafeInteger(side) && side >= 1)
  if (sampleShape.length === 0 || !whole)
    throw new GankitError(
      'datasets',
      'option',
      `sampleShape is [${sampleShape}], expected whole numbers of at least 1, such as [28, 28, 1]`,
    )
  return sizeOfShape(sampleShape)
}

function classesOf(
  labels: Uint8Array | Int32Array,
  size: number,
  classes?: readonly string[],
): readonly string[] {
  if (labels.length !== size)
    throw new GankitError(
      'datasets',
      'data',
      `labels has ${labels.length} numbers, expected ${size}, one a sample`,
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
