import { hasTrainingKernel, runTrainingKernel } from '@gankit/core'
import * as tf from '@tensorflow/tfjs'
import { closedForm, registerNormalizeGradients } from './normalize-gradient.ts'

/** Rows normalised by their own statistics, and those statistics. */
export interface Normalized {
  /** [m, c] */
  readonly value: tf.Tensor
  /** [c] */
  readonly mean: tf.Tensor
  /** [c], divided by m */
  readonly variance: tf.Tensor
}

/**
 * γ·(x − mean) / √(variance + ε) + β, the mean and the variance taken over the m rows: by the backend's own kernel
 * where it brings one. Its first- and second-order gradients are right either way; mean and variance are for the
 * running statistics, and not to be differentiated.
 * @param x [m, c]
 * @param gamma [c]
 * @param beta [c]
 */
export function normalize(x: tf.Tensor, gamma: tf.Tensor, beta: tf.Tensor, epsilon: number): Normalized {
  if (!hasTrainingKernel('BatchNorm')) return compose(x, gamma, beta, epsilon)
  registerNormalizeGradients()
  const [value, mean, variance] = runTrainingKernel('BatchNorm', { x, gamma, beta }, { epsilon })
  return { value: value!, mean: mean!, variance: variance! }
}

/**
 * The statistics are on the tape as functions of x, and are not among the differentiated inputs: so the first
 * gradient needs no second pass through them and the second-order one is right.
 */
function compose(x: tf.Tensor, gamma: tf.Tensor, beta: tf.Tensor, epsilon: number): Normalized {
  const mean = x.mean(0)
  const centred = x.sub(mean)
  const variance = centred.square().mean(0)
  const apply = tf.customGrad((_x, gamma, beta, save) => {
    const scale = (gamma as tf.Tensor).mul(variance.add(epsilon).rsqrt())
    ;(save as tf.GradSaveFunc)([centred, variance, gamma as tf.Tensor])
    const gradFunc = (dy: tf.Tensor, saved: tf.Tensor[]) => {
      const [centred, variance, gamma] = saved as [tf.Tensor, tf.Tensor, tf.Tensor]
      return closedForm(dy, centred, variance, gamma, epsilon)
    }
    return { value: centred.mul(scale).add(beta as tf.Tensor), gradFunc }
  })
  return { value: apply(x, gamma, beta), mean, variance }
}
