import { readFileSync } from 'node:fs'
import * as tf from '@tensorflow/tfjs'
import { registerNativeTrainingKernels } from './training-kernels.ts'

/**
 * Registers the kernels in mixed precision, if that is possible here and faster than float32.
 * @returns why not, where the kernels are registered in float32 instead
 */
export function tryMixedPrecision(why: string | undefined = explainMissingBfloat16()): string | undefined {
  const reason = why ?? explainUnsupported()
  if (reason) registerNativeTrainingKernels('float32')
  return reason
}

/** Runs every operation in bfloat16 once, some of which older versions of TensorFlow lack. */
function explainUnsupported(): string | undefined {
  // Without oneDNN the operations run in float32, between two conversions.
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

/**
 * Why mixed precision would not be faster on this processor; undefined where it is. Without instructions for bfloat16
 * TensorFlow converts every number to float32 and back.
 * @param file in which Linux describes the processor
 */
export function explainMissingBfloat16(file = '/proc/cpuinfo'): string | undefined {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch {
    return 'whether the processor has instructions for bfloat16 is known on Linux alone'
  }
  // AVX-512 BF16 and AMX on x86, BF16 of Armv8.6 on ARM.
  return /^(flags|Features)\s*:.*\b(avx512_bf16|amx_bf16|bf16)\b/m.test(text)
    ? undefined
    : 'the processor has no instructions for bfloat16'
}
