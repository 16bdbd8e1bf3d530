import { GankitError } from '@gankit/core'
import * as tf from '@tensorflow/tfjs'
import { requireSharing } from './installed.ts'

/** What a trial of native TensorFlow found. */
export interface Trial {
  /** Version of libtensorflow. */
  readonly tensorflow: string
  /** Whether it computes on a GPU. */
  readonly gpu: boolean
}

interface NativeBackend {
  readonly isUsingGpuDevice: boolean
  readonly binding: { readonly TF_Version: string }
}

/**
 * Loads tfjs-node or tfjs-node-gpu from a folder, trains a step of a small net with a convolution there, and once more
 * in plain JavaScript. For a process of its own: it may crash, and leaves the backend of tfjs changed.
 * @throws Error when it doesn't load, or the two steps don't lead to the same weights
 */
export async function tryNative(folder: string): Promise<Trial> {
  requireSharing(folder)
  if (!(await tf.setBackend('tensorflow')))
    throw new GankitError(
      'runtime',
      'backend',
      `${folder} brings no backend that starts, expected tfjs-node's`,
    )
  const { isUsingGpuDevice, binding } = tf.backend() as unknown as NativeBackend
  const native = await trainedWeights()
  await tf.setBackend('cpu')
  const plain = await trainedWeights()
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
async function trainedWeights(): Promise<number[]> {
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
