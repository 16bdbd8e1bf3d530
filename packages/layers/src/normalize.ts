import { hasTrainingKernel, runTrainingKernel } from '@gankit/core'
import * as tf from '@tensorflow/tfjs'

/** Rows normalized by their own statistics, and those statistics. */
export interface Normalized {
  /** The shape of x. */
  readonly value: tf.Tensor
  /** [c] or [n, c] */
  readonly mean: tf.Tensor
  /** [c] or [n, c], divided by m */
  readonly variance: tf.Tensor
}

/**
 * γ·(x − mean) / √(variance + ε) + β, the mean and the variance taken over m rows: by the backend's own kernel
 * if it has one. One table of rows is batch norm, a table for each of n images is instance norm. First- and second-order
 * gradients of the value are right with and without the kernel. The mean and the variance are for running statistics and
 * must not be differentiated.
 * @param x [m, c] or [n, m, c]
 * @param gamma [c] or [n, c]
 * @param beta [c] or [n, c]
 */
export function normalize(x: tf.Tensor, gamma: tf.Tensor, beta: tf.Tensor, epsilon: number): Normalized {
  const kernel = x.rank === 2 ? 'BatchNorm' : 'InstanceNorm'
  if (!hasTrainingKernel(kernel)) return composeNormalize(x, gamma, beta, epsilon)
  registerNormalizeGradients()
  const [value, mean, variance] = runTrainingKernel(kernel, { x, gamma, beta }, { epsilon })
  return { value: value!, mean: mean!, variance: variance! }
}

/**
 * The same from tfjs' own operations. The statistics are on the tape as functions of x, but are no inputs of the custom
 * gradient: the first gradient needs no second pass through them, and the second-order gradient is right.
 */
function composeNormalize(x: tf.Tensor, gamma: tf.Tensor, beta: tf.Tensor, epsilon: number): Normalized {
  const { axis, mean, centered, variance } = center(x)
  const apply = tf.customGrad((_x, gamma, beta, save) => {
    const scale = (gamma as tf.Tensor).expandDims(axis).mul(variance.add(epsilon).rsqrt())
    ;(save as tf.GradSaveFunc)([centered, variance, gamma as tf.Tensor])
    const gradFunc = (dy: tf.Tensor, saved: tf.Tensor[]) => {
      const [centered, variance, gamma] = saved as [tf.Tensor, tf.Tensor, tf.Tensor]
      return differentiate(dy, centered, variance, gamma, epsilon)
    }
    return { value: centered.mul(scale).add((beta as tf.Tensor).expandDims(axis)), gradFunc }
  })
  return { value: apply(x, gamma, beta), mean: mean.squeeze([axis]), variance: variance.squeeze([axis]) }
}

interface Centered {
  /** The axis of the rows. */
  readonly axis: number
  /** [1, c] or [n, 1, c], as is the variance. */
  readonly mean: tf.Tensor
  readonly centered: tf.Tensor
  readonly variance: tf.Tensor
}

function center(x: tf.Tensor): Centered {
  const axis = x.rank - 2
  const mean = x.mean(axis, true)
  const centered = x.sub(mean)
  return { axis, mean, centered, variance: centered.square().mean(axis, true) }
}

type Gradients = [dx: tf.Tensor, dgamma: tf.Tensor, dbeta: tf.Tensor]

/**
 * The gradient of batch normalization in closed form (Ioffe and Szegedy 2015, arXiv 1502.03167), σ = √(variance + ε):
 *
 *     dx = γ/σ · (dy − mean(dy) − (x − mean)/σ² · mean(dy·(x − mean)))
 *
 * @param dy [m, c] or [n, m, c]
 * @param centered x − mean, of the same shape
 * @param variance [1, c] or [n, 1, c]
 * @param gamma [c] or [n, c]
 */
function differentiate(
  dy: tf.Tensor,
  centered: tf.Tensor,
  variance: tf.Tensor,
  gamma: tf.Tensor,
  epsilon: number,
): Gradients {
  const axis = dy.rank - 2
  const inverse = variance.add(epsilon).rsqrt()
  const meanDy = dy.mean(axis, true)
  const along = dy.mul(centered).mean(axis, true).mul(inverse) // mean of dy·(x − mean)/σ
  const perpendicular = dy.sub(meanDy).sub(centered.mul(along.mul(inverse)))
  const total = (mean: tf.Tensor) => mean.mul(dy.shape[axis]!).squeeze([axis])
  return [perpendicular.mul(gamma.expandDims(axis).mul(inverse)), total(along), total(meanDy)]
}

/** Registers the gradients of the kernels for batch norm and instance norm, if they have none yet. */
function registerNormalizeGradients(): void {
  for (const kernel of ['BatchNorm', 'InstanceNorm'] as const)
    if (!tf.getGradient(kernel)) registerGradientsOf(kernel)
}

function registerGradientsOf(kernel: 'BatchNorm' | 'InstanceNorm'): void {
  tf.registerGradient({
    kernelName: kernel,
    inputsToSave: ['x', 'gamma'],
    outputsToSave: [false, true, true],
    gradFunc(dys, [x, gamma, mean, variance], attributes) {
      const { epsilon } = attributes as unknown as { epsilon: number }
      const inputs = { dy: (dys as tf.Tensor[])[0]!, x: x!, gamma: gamma!, mean: mean!, variance: variance! }
      const [dx, dgamma, dbeta] = runTrainingKernel(`${kernel}Grad`, inputs, { epsilon })
      return { x: () => dx!, gamma: () => dgamma!, beta: () => dbeta! }
    },
  })
  // Second order: the closed form again, with the statistics as functions of x.
  tf.registerGradient({
    kernelName: `${kernel}Grad`,
    inputsToSave: ['dy', 'x', 'gamma'],
    gradFunc(cotangents, saved, attributes) {
      const { epsilon } = attributes as unknown as { epsilon: number }
      const along = (dy: tf.Tensor, x: tf.Tensor, gamma: tf.Tensor): tf.Tensor => {
        const { centered, variance } = center(x)
        const gradients = differentiate(dy, centered, variance, gamma, epsilon)
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
