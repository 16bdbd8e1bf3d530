import { hasTrainingKernel, runTrainingKernel } from '@gankit/core'
import * as tf from '@tensorflow/tfjs'
import type { Gradients } from './optimizer.ts'

/** The length of all gradients as one vector, √Σg²: not finite as soon as one number isn't. The caller owns it. */
export function gradientNorm(gradients: Gradients): tf.Scalar {
  if (gradients.size === 0) return tf.scalar(0)
  return tf.tidy(() => tf.sqrt(tf.addN([...gradients.values()].map(squaredSum))) as tf.Scalar)
}

/**
 * Gradients scaled so that their length is at most `limit`, as PyTorch's `clip_grad_norm_` does. The given ones are
 * disposed of.
 */
export function clipToNorm(gradients: Gradients, norm: tf.Scalar, limit: number): Gradients {
  const scale = tf.tidy(() => tf.minimum(1, tf.div(limit, tf.add(norm, 1e-6))))
  const clipped = new Map([...gradients].map(([name, gradient]) => [name, tf.mul(gradient, scale)]))
  scale.dispose()
  for (const gradient of gradients.values()) gradient.dispose()
  return clipped
}

function squaredSum(x: tf.Tensor): tf.Tensor {
  if (hasTrainingKernel('SquaredSum')) return runTrainingKernel('SquaredSum', { x }, {})[0]!
  return tf.sum(tf.square(x))
}
