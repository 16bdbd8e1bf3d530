import { hasTrainingKernel, runTrainingKernel } from '@gankit/core'
import * as tf from '@tensorflow/tfjs'

/** Rows normalized by their own statistics, and those statistics. */
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
 * if it has one. First- and second-order gradients of the value are right with and without it. The mean and the variance
 * are for running statistics and must not be differentiated.
 * @param x [m, c]
 * @param gamma [c]
 * @param beta [c]
 */
export function normalize(x: tf.Tensor, gamma: tf.Tensor, beta: tf.Tensor, epsilon: number): Normalized {
  if (!hasTrainingKernel('BatchNorm')) return composeNormalize(x, gamma, beta, epsilon)
  registerNormalizeGradients()
  const [value, mean, variance] = runTrainingKernel('BatchNorm', { x, gamma, beta }, { epsilon })
  return { value: value!, mean: mean!, variance: variance! }
}

/**
 * The same from tfjs' own operations. The statistics are on the tape as functions of x, but are no inputs of the custom
 * gradient: the first gradient needs no second pass through them, and the second-order gradient is right.
 */
function composeNormalize(x: tf.Tensor, gamma: tf.Tensor, beta: tf.Tensor, epsilon: number): Normalized {
  const mean = x.mean(0)
  const centered = x.sub(mean)
  const variance = centered.square().mean(0)
  const apply = tf.customGrad((_x, gamma, beta, save) => {
    const scale = (gamma as tf.Tensor).mul(variance.add(epsilon).rsqrt())
    ;(save as tf.GradSaveFunc)([centered, variance, gamma as tf.Tensor])
    const gradFunc = (dy: tf.Tensor, saved: tf.Tensor[]) => {
      const [centered, variance, gamma] = saved as [tf.Tensor, tf.Tensor, tf.Tensor]
      return differentiate(dy, centered, variance, gamma, epsilon)
    }
    return { value: centered.mul(scale).add(beta as tf.Tensor), gradFunc }
  })
  return { value: apply(x, gamma, beta), mean, variance }
}

type Gradients = [dx: tf.Tensor, dgamma: tf.Tensor, dbeta: tf.Tensor]

/**
 * The gradient of batch normalization in closed form (Ioffe and Szegedy 2015, arXiv 1502.03167), σ = √(variance + ε):
 *
 *     dx = γ/σ · (dy − mean(dy) − (x − mean)/σ² · mean(dy·(x − mean)))
 *
 * @param dy [m, c]
 * @param centered x − mean, [m, c]
 */
function differentiate(
  dy: tf.Tensor,
  centered: tf.Tensor,
  variance: tf.Tensor,
  gamma: tf.Tensor,
  epsilon: number,
): Gradients {
  const rows = dy.shape[0]!
  const inverse = variance.add(epsilon).rsqrt()
  const meanDy = dy.mean(0)
  const along = dy.mul(centered).mean(0).mul(inverse) // [c], mean of dy·(x − mean)/σ
  const perpendicular = dy.sub(meanDy).sub(centered.mul(along.mul(inverse)))
  return [perpendicular.mul(gamma.mul(inverse)), along.mul(rows), meanDy.mul(rows)]
}

/** Registers the gradients of the kernels BatchNorm and BatchNormGrad, if they have none yet. */
function registerNormalizeGradients(): void {
  if (tf.getGradient('BatchNorm')) return
  tf.registerGradient({
    kernelName: 'BatchNorm',
    inputsToSave: ['x', 'gamma'],
    outputsToSave: [false, true, true],
    gradFunc(dys, [x, gamma, mean, variance], attributes) {
      const { epsilon } = attributes as unknown as { epsilon: number }
      const inputs = { dy: (dys as tf.Tensor[])[0]!, x: x!, gamma: gamma!, mean: mean!, variance: variance! }
      const [dx, dgamma, dbeta] = runTrainingKernel('BatchNormGrad', inputs, { epsilon })
      return { x: () => dx!, gamma: () => dgamma!, beta: () => dbeta! }
    },
  })
  // Second order: the closed form again, with the statistics as functions of x.
  tf.registerGradient({
    kernelName: 'BatchNormGrad',
    inputsToSave: ['dy', 'x', 'gamma'],
    gradFunc(cotangents, saved, attributes) {
      const { epsilon } = attributes as unknown as { epsilon: number }
      const along = (dy: tf.Tensor, x: tf.Tensor, gamma: tf.Tensor): tf.Tensor => {
        const centered = x.sub(x.mean(0))
        const gradients = differentiate(dy, centered, centered.square().mean(0), gamma, epsilon)
        return tf.addN(gradients.map((gradient, i) => gradient.mul((cotangents as tf.Tensor[])[i]!).sum()))
      }
      const [dy, x, gamma] = tf.grads(along)(saved.slice(0, 3))
      const none = (of: tf.Tensor) => () => tf.zerosLike(of)
      return {
        dy: () => dy!,
        x: () => x!,
        gamma: () => gamma!,
        mean: none(gamma!),
        variance: none(gamma!),
      }
    },
  })
}
