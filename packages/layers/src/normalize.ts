import * as tf from '@tensorflow/tfjs'

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
 * γ·(x − mean) / √(variance + ε) + β, the mean and the variance taken over the m rows. The gradient is the closed
 * form of Ioffe and Szegedy 2015 (arXiv 1502.03167), with σ = √(variance + ε):
 *
 *     dx = γ/σ · (dy − mean(dy) − (x − mean)/σ² · mean(dy·(x − mean)))
 *
 * Its statistics are on the tape as functions of x, and are not among the differentiated inputs: so the first
 * gradient needs no second pass through them and the second-order one is right.
 * @param x [m, c]
 * @param gamma [c]
 * @param beta [c]
 */
export function normalize(x: tf.Tensor, gamma: tf.Tensor, beta: tf.Tensor, epsilon: number): Normalized {
  const rows = x.shape[0]!
  const mean = x.mean(0)
  const centred = x.sub(mean)
  const variance = centred.square().mean(0)
  const apply = tf.customGrad((_x, gamma, beta, save) => {
    const scale = (gamma as tf.Tensor).mul(variance.add(epsilon).rsqrt())
    ;(save as tf.GradSaveFunc)([centred, variance, gamma as tf.Tensor])
    const gradFunc = (dy: tf.Tensor, saved: tf.Tensor[]) => {
      const [centred, variance, gamma] = saved as [tf.Tensor, tf.Tensor, tf.Tensor]
      const inverse = variance.add(epsilon).rsqrt()
      const meanDy = dy.mean(0)
      const along = dy.mul(centred).mean(0).mul(inverse) // [c], mean of dy·(x − mean)/σ
      const rest = dy.sub(meanDy).sub(centred.mul(along.mul(inverse)))
      return [rest.mul(gamma.mul(inverse)), along.mul(rows), meanDy.mul(rows)]
    }
    return { value: centred.mul(scale).add(beta as tf.Tensor), gradFunc }
  })
  return { value: apply(x, gamma, beta), mean, variance }
}
