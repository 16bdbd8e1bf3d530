import * as tf from '@tensorflow/tfjs'
import { whyNotBfloat16 } from './processor.ts'
import { registerNativeTrainingKernels } from './training-kernels.ts'

/**
 * Registers the kernels in mixed precision, if that is possible here and faster than float32.
 * @returns why not, float32 being registered instead
 */
export function tryMixedPrecision(why: string | undefined = whyNotBfloat16()): string | undefined {
  const reason = why ?? whyNotRegistered()
  if (reason) registerNativeTrainingKernels('float32')
  return reason
}

/** Older versions of TensorFlow lack some of the operations in bfloat16: each is run once. */
function whyNotRegistered(): string | undefined {
  // Without oneDNN they run in float32 between two conversions.
  if (process.env['TF_ENABLE_ONEDNN_OPTS'] === '0') return 'TF_ENABLE_ONEDNN_OPTS switches oneDNN off'
  try {
    registerNativeTrainingKernels('mixed')
    tf.tidy(() => {
      const image = tf.zeros<tf.Rank.R4>([1, 32, 32, 16])
      const filter = tf.zeros<tf.Rank.R4>([4, 4, 16, 16])
      for (const x of [image, tf.zeros<tf.Rank.R4>([1, 4, 4, 16])]) {
        const y = (x: tf.Tensor, filter: tf.Tensor) =>
          tf
            .conv2d(x as tf.Tensor4D, filter as tf.Tensor4D, 2, 'same')
            .leakyRelu(0.2)
            .sum()
        tf.grads((x, filter) => y(x!, filter!))([x, filter])
      }
      tf.matMul(filter.reshape([64, 64]), filter.reshape([64, 64]))
    })
    return undefined
  } catch (error) {
    return `this TensorFlow can't: ${(error as Error).message.split('\n')[0]}`
  }
}
