import { GankitError } from '@gankit/core'
import * as tf from '@tensorflow/tfjs'
import { requireWithSharedTfjs } from './installed.ts'

/** What a smoke test of native TensorFlow found. */
export interface SmokeTestResult {
  /** Version of libtensorflow. */
  readonly tensorflow: string
  /** Whether TensorFlow computes on a GPU. */
  readonly gpu: boolean
}

interface NativeBackend {
  readonly isUsingGpuDevice: boolean
  readonly binding: { readonly TF_Version: string }
}

/**
 * Loads tfjs-node or tfjs-node-gpu from a folder, and trains a small net with a convolution on it and in plain JavaScript.
 * Call it in a process of its own: it may crash, and changes the backend of tfjs.
 * @throws Error where the package doesn't load, or the two trainings lead to different weights
 */
export async function smokeTestNative(folder: string): Promise<SmokeTestResult> {
  requireWithSharedTfjs(folder)
  if (!(await tf.setBackend('tensorflow')))
    throw new GankitError(
      'runtime',
      'backend',
      `${folder} brings no backend that starts, expected tfjs-node's`,
    )
  const { isUsingGpuDevice, binding } = tf.backend() as unknown as NativeBackend
  const native = await trainWeights()
  await tf.setBackend('cpu')
  const plain = await trainWeights()
  const distance = Math.max(...native.map((value, i) => Math.abs(value - plain[i]!)))
  if (!(distance < 1e-3))
    throw new GankitError(
      'runtime',
      'backend',
      `a step trained with ${folder} gives other weights than plain JavaScript, ${distance} apart, expected under 0.001`,
    )
  return { tensorflow: binding.TF_Version, gpu: isUsingGpuDevice }
}

/** The weights of a small net after two steps of gradient descent. */
async function trainWeights(): Promise<number[]> {
  const [x, y] = [tf.randomNormal([4, 8, 8, 1], 0, 1, 'float32', 1), tf.ones([4, 1])]
  const filter = tf.variable(tf.randomNormal([3, 3, 1, 2], 0, 0.5, 'float32', 2))
  const dense = tf.variable(tf.randomNormal([32, 1], 0, 0.5, 'float32', 3))
  const optimizer = tf.train.sgd(0.1)
  for (let step = 0; step < 2; step++)
    optimizer.minimize(
      () => {
        const hidden = tf.conv2d(x as tf.Tensor4D, filter as tf.Tensor4D, 2, 'same').leakyRelu(0.2)
        const logits = tf.matMul(hidden.reshape([4, 32]), dense as tf.Tensor2D)
        return tf.losses.meanSquaredError(y, logits) as tf.Scalar
      },
      false,
      [filter, dense],
    )
  const weights = [...(await filter.data()), ...(await dense.data())]
  tf.dispose([x, y, filter, dense])
  optimizer.dispose()
  return weights
}
