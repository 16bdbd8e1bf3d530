import { checkOption, GankitError, type RandomStream } from '@gankit/core'
import * as tf from '@tensorflow/tfjs'
import type { DiscriminatorTransform } from '../game/algorithm1.ts'

export interface DifferentiableAugmentationOptions {
  /** Whether brightness, saturation and contrast change. Default true. */
  readonly color?: boolean
  /** How far images move each way, as a share of their sides, from 0 to below 1; zeros fill the gap. Default 1/8. */
  readonly translation?: number
  /** Sides of the rectangle that becomes zero, as a share of the image's, from 0 to below 1. Default 1/2. */
  readonly cutout?: number
}

/**
 * DiffAugment (Zhao et al. 2020, arXiv 2006.10738): D sees real images and fakes with the same kinds of changes, drawn
 * anew for each image, and G learns through them. So D can't learn a small training set by heart, and G doesn't draw
 * the changes. For images [n, height, width, channels]; the order and ranges are those of its authors' code.
 * @throws GankitError for a share out of range; when it is called, for samples that are no images
 */
export function differentiableAugmentation({
  color = true,
  translation = 1 / 8,
  cutout = 1 / 2,
}: DifferentiableAugmentationOptions = {}): DiscriminatorTransform {
  for (const [name, share] of Object.entries({ translation, cutout }))
    checkOption('trainer', name, share, share >= 0 && share < 1, 'a share from 0 to below 1')
  return (samples, { random }) => {
    if (samples.rank !== 4)
      throw new GankitError(
        'trainer',
        'data',
        `samples are [${samples.shape.join(', ')}], expected images [n, height, width, channels]: leave augmentation out`,
      )
    let images = samples as tf.Tensor4D
    if (color) images = changeColors(images, random)
    if (translation > 0) images = translate(images, translation, random)
    return cutout > 0 ? cutOut(images, cutout, random) : images
  }
}

/** Brightness by up to ±0.5, colors' distance from gray times 0 to 2, distance from the mean times 0.5 to 1.5. */
function changeColors(images: tf.Tensor4D, random: RandomStream): tf.Tensor4D {
  const [n, , , channels] = images.shape
  const each = (low: number, high: number) => tf.tensor(random.uniform(n, low, high), [n, 1, 1, 1])
  const around = (mean: tf.Tensor, times: tf.Tensor, of: tf.Tensor) =>
    tf.add(tf.mul(tf.sub(of, mean), times), mean)
  let changed: tf.Tensor = tf.add(images, each(-0.5, 0.5))
  if (channels > 1) changed = around(tf.mean(changed, 3, true), each(0, 2), changed)
  return around(tf.mean(changed, [1, 2, 3], true), each(0.5, 1.5), changed) as tf.Tensor4D
}

/**
 * Moves each image by whole pixels. Rows move by a product with a matrix that has one 1 in each row, columns likewise
 * on the transposed image: exact, and differentiable on every backend.
 */
function translate(images: tf.Tensor4D, share: number, random: RandomStream): tf.Tensor4D {
  const [n, height, width, channels] = images.shape
  const moved = (of: tf.Tensor4D, side: number, other: number): tf.Tensor4D => {
    const rows = tf.reshape(of, [n, side, other * channels]) as tf.Tensor3D
    return tf.reshape(tf.matMul(shifts(n, side, share, random), rows), [n, side, other, channels])
  }
  const down = tf.transpose(moved(images, height, width), [0, 2, 1, 3]) as tf.Tensor4D
  return tf.transpose(moved(down, width, height), [0, 2, 1, 3]) as tf.Tensor4D
}

/** For each image the matrix that moves its rows. [n, side, side] */
function shifts(n: number, side: number, share: number, random: RandomStream): tf.Tensor3D {
  const most = Math.round(share * side)
  const by = random.uniform(n, -most, most + 1).map(Math.floor)
  const ones = new Float32Array(n * side * side)
  by.forEach((shift, image) => {
    for (let row = Math.max(0, shift); row < Math.min(side, side + shift); row++)
      ones[(image * side + row) * side + row - shift] = 1
  })
  return tf.tensor3d(ones, [n, side, side])
}

/** Makes a rectangle of each image zero; its middle may be anywhere. */
function cutOut(images: tf.Tensor4D, share: number, random: RandomStream): tf.Tensor4D {
  const [n, height, width] = images.shape
  const rows = spans(n, height, share, random)
  const columns = spans(n, width, share, random)
  const mask = new Float32Array(n * height * width).fill(1)
  for (let image = 0; image < n; image++)
    for (let row = rows[image]![0]; row < rows[image]![1]; row++)
      mask.fill(
        0,
        ...(columns[image]!.map(column => (image * height + row) * width + column) as [number, number]),
      )
  return tf.mul(images, tf.tensor4d(mask, [n, height, width, 1]))
}

/** From which to below which row or column a rectangle goes, for each image. */
function spans(n: number, side: number, share: number, random: RandomStream): [from: number, to: number][] {
  const length = Math.round(share * side)
  return Array.from(random.uniform(n, 0, side + 1 - (length % 2)), middle => {
    const from = Math.floor(middle) - Math.floor(length / 2)
    return [Math.max(0, from), Math.min(side, from + length)]
  })
}
