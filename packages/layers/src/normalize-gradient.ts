import { runTrainingKernel } from '@gankit/core'
import * as tf from '@tensorflow/tfjs'

type Gradients = [dx: tf.Tensor, dgamma: tf.Tensor, dbeta: tf.Tensor]

/**
 * The gradient of batch normalisation in closed form (Ioffe and Szegedy 2015, arXiv 1502.03167), σ = √(variance + ε):
 *
 *     dx = γ/σ · (dy − mean(dy) − (x − mean)/σ² · mean(dy·(x − mean)))
 *
 * @param dy [m, c]
 * @param centred x − mean, [m, c]
 */
export function closedForm(
  dy: tf.Tensor,
  centred: tf.Tensor,
  variance: tf.Tensor,
  gamma: tf.Tensor,
  epsilon: number,
): Gradients {
  const rows = dy.shape[0]!
  const inverse = variance.add(epsilon).rsqrt()
  const meanDy = dy.mean(0)
  const along = dy.mul(centred).mean(0).mul(inverse) // [c], mean of dy·(x − mean)/σ
  const rest = dy.sub(meanDy).sub(centred.mul(along.mul(inverse)))
  return [rest.mul(gamma.mul(inverse)), along.mul(rows), meanDy.mul(rows)]
}

/** Gives the kernels BatchNorm and BatchNormGrad their gradients, once. */
export function registerNormalizeGradients(): void {
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
        const centred = x.sub(x.mean(0))
        const gradients = closedForm(dy, centred, centred.square().mean(0), gamma, epsilon)
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
