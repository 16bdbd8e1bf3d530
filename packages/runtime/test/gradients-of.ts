import { expectClose, finiteDifference } from '@gankit/testkit'
import * as tf from '@tensorflow/tfjs'

type Function = (x: tf.Tensor) => tf.Tensor

/** Numbers from `low` to `high`, evenly spread and in no order, none of them twice. */
export function spread(shape: number[], low = -1.9, high = 2.1): tf.Tensor {
  const count = tf.util.sizeFromShape(shape)
  const values = Array.from({ length: count }, (_, i) => ((i * 7919) % count) + 0.37)
  return tf.tensor(
    values.map(value => low + ((high - low) * value) / count),
    shape,
  )
}

/** f weighed to a scalar, so that its gradient shows the whole Jacobian. */
export function weighed(f: Function, at: tf.Tensor): (x: tf.Tensor) => tf.Scalar {
  const weights = tf.tidy(() => spread(f(at).shape, -1, 1.3))
  return x => f(x).mul(weights).sum() as tf.Scalar
}

/** Expects first- and second-order gradients of f to be those of finite differences. */
export async function expectGradients(f: Function, at: tf.Tensor): Promise<void> {
  const first = weighed(f, at)
  await expectClose(tf.grad(first)(at), await finiteDifference(first, at, 5e-3), 4e-3, 4e-3)
  const second = weighed(tf.grad(first), at)
  await expectClose(tf.grad(second)(at), await finiteDifference(second, at, 5e-3), 4e-3, 4e-3)
}

/** How many kernels the gradient of f runs. */
export async function kernelsOf(f: Function, at: tf.Tensor): Promise<string[]> {
  const { kernels } = await tf.profile(() => tf.tidy(() => void tf.grad(f)(at)))
  return kernels.map(kernel => kernel.name)
}
