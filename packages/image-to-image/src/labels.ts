import { checkColor, checkOption, GankitError } from '@gankit/core'
import * as tf from '@tensorflow/tfjs'

/** A color that stands for a label: red, green and blue, 0 to 255. */
export type LabelColor = readonly [red: number, green: number, blue: number]

/** The colors of all labels, label 0 first. */
export type Palette = readonly LabelColor[]

/** How much nearer than others the nearest color counts: so much that another one has no share unless it is as near. */
const sharpness = 200

/** The least squared distance of two colors of a palette, in [−1, 1] units: nearer ones could not be told apart. */
const minDistance = 0.04

/** @throws GankitError for fewer than two colors, values that are no bytes, and colors that can't be told apart */
export function checkPalette(palette: Palette): void {
  checkOption('image-to-image', 'palette', palette.length, palette.length >= 2, 'at least two colors')
  for (const color of palette) checkColor('image-to-image', 'palette color', color)
  const units = palette.map(toUnits)
  for (const [i, a] of units.entries())
    for (const [j, b] of units.entries())
      if (i < j && squaredDistance(a, b) < minDistance)
        throw new GankitError(
          'image-to-image',
          'option',
          `palette has the colors ${palette[i]!.join(' ')} and ${palette[j]!.join(' ')} for labels ${i} and ${j}, expected colors that differ by more: give one of them another color`,
        )
}

function toUnits(color: LabelColor): number[] {
  return color.map(value => value / 127.5 - 1)
}

function squaredDistance(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, value, i) => sum + (value - b[i]!) ** 2, 0)
}

/**
 * Layers that turn a picture in the colors of a palette into a plane a label: a convolution of side 1 with fixed weights and a
 * softmax, so that plain TensorFlow.js and every export know them. A pixel has 1 in the plane of the nearest color.
 *
 * [n, h, w, 3] → [n, h, w, labels]
 */
export function labelPlanes(x: tf.SymbolicTensor, palette: Palette, name = 'labels'): tf.SymbolicTensor {
  checkPalette(palette)
  const colors = palette.map(toUnits)
  // −|x − p|² without |x|², which is the same for all labels.
  const kernel = [0, 1, 2].map(channel => colors.map(color => 2 * sharpness * color[channel]!))
  const bias = colors.map(color => -sharpness * squaredDistance(color, [0, 0, 0]))
  const near = fixedConvolution(`${name}_near`, x, kernel, bias)
  return tf.layers.softmax({ name: `${name}_planes`, axis: -1 }).apply(near) as tf.SymbolicTensor
}

/**
 * Layers that show logits of labels as a picture in the colors of a palette: of each pixel the color of its likeliest label.
 *
 * [n, h, w, labels] → [n, h, w, 3], in [−1, 1]
 */
export function labelColors(logits: tf.SymbolicTensor, palette: Palette, name = 'labels'): tf.SymbolicTensor {
  checkPalette(palette)
  const labels = palette.length
  const sharp = Array.from({ length: labels }, (_, i) =>
    Array.from({ length: labels }, (_, j) => (i === j ? sharpness : 0)),
  )
  const sharpened = fixedConvolution(`${name}_sharp`, logits, sharp, Array<number>(labels).fill(0))
  const likeliest = tf.layers
    .softmax({ name: `${name}_likeliest`, axis: -1 })
    .apply(sharpened) as tf.SymbolicTensor
  return fixedConvolution(`${name}_colors`, likeliest, palette.map(toUnits), [0, 0, 0])
}

/** A convolution of side 1 whose weights no training changes. @param kernel [in, out] */
function fixedConvolution(
  name: string,
  x: tf.SymbolicTensor,
  kernel: readonly (readonly number[])[],
  bias: readonly number[],
): tf.SymbolicTensor {
  const layer = tf.layers.conv2d({
    name,
    filters: bias.length,
    kernelSize: 1,
    trainable: false,
    kernelInitializer: 'zeros',
  })
  const output = layer.apply(x) as tf.SymbolicTensor
  tf.tidy(() => layer.setWeights([tf.tensor4d([[kernel.map(row => [...row])]]), tf.tensor1d([...bias])]))
  return output
}

/**
 * One-hot labels of a picture in the colors of a palette: of each pixel that of the nearest color. Nothing is differentiated
 * through it.
 * @param picture [n, h, w, 3], in [−1, 1]
 * @returns [n, h, w, labels], which the caller owns
 */
export function encodeLabels(picture: tf.Tensor, palette: Palette): tf.Tensor {
  return tf.tidy(() => {
    const colors = palette.map(toUnits)
    const [n, h, w] = picture.shape as [number, number, number]
    const nearness = tf
      .matMul(picture.reshape([-1, 3]) as tf.Tensor2D, tf.tensor2d(colors), false, true)
      .mul(2)
      .sub(tf.tensor1d(colors.map(color => squaredDistance(color, [0, 0, 0]))))
    return tf
      .oneHot(nearness.argMax(1).toInt() as tf.Tensor1D, palette.length)
      .toFloat()
      .reshape([n, h, w, palette.length])
  })
}
