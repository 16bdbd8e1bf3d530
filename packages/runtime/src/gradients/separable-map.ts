import * as tf from '@tensorflow/tfjs'

/** A linear map of images that acts on rows and on columns separately: resizing, average pooling. */
export type Separable = (images: tf.Tensor4D, axis: 'rows' | 'columns') => tf.Tensor4D

/**
 * The gradient of such a map, as products with its two matrices. The backend's own forward kernel computes the matrices from
 * the identity, so the gradient matches the kernel's rounding and borders; and a product has correct gradients of every
 * order.
 * @param dy [n, outHeight, outWidth, c]
 * @param shape of the input, [n, height, width, c]
 */
export function separableGradient(map: Separable, dy: tf.Tensor, shape: readonly number[]): tf.Tensor {
  const [n, height, width, channels] = shape as [number, number, number, number]
  const [outHeight, outWidth] = dy.shape.slice(1) as [number, number]
  const rows = map(tf.eye(height).reshape([1, height, 1, height]), 'rows').reshape([1, outHeight, height])
  const columns = map(tf.eye(width).reshape([1, 1, width, width]), 'columns').reshape([1, outWidth, width])
  const upright = tf.matMul(rows, dy.reshape([n, outHeight, outWidth * channels]), true)
  return tf
    .matMul(columns, upright.reshape([n * height, outWidth, channels]), true)
    .reshape([n, height, width, channels])
}
