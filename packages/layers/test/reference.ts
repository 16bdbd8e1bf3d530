import { expectClose, finiteDifference } from '@gankit/testkit'
import * as tf from '@tensorflow/tfjs'

/** A tensor as `make_layers.py` writes it. */
export interface Numbers {
  readonly shape: number[]
  readonly values: number[]
}

export const tensorOf = ({ shape, values }: Numbers): tf.Tensor => tf.tensor(values, shape)

/** Builds a layer on `input` and sets its weights, which are in the order of tfjs. */
export function built(layer: tf.layers.Layer, input: tf.Tensor, weights: tf.Tensor[] = []): tf.layers.Layer {
  tf.tidy(() => void layer.apply(input))
  if (weights.length > 0) layer.setWeights(weights)
  return layer
}

/** Σ weights·layer(x), as a function of x: its gradient shows the whole Jacobian. */
export function weighed(layer: tf.layers.Layer, weights: tf.Tensor, how = {}): (x: tf.Tensor) => tf.Scalar {
  return x => (layer.apply(x, how) as tf.Tensor).mul(weights).sum() as tf.Scalar
}

/** The gradient of Σ (df/dx)². */
export function secondGradient(f: (x: tf.Tensor) => tf.Scalar, at: tf.Tensor): tf.Tensor {
  return tf.grad(x => tf.grad(f)(x).square().sum())(at)
}

/** Compares the first two orders of a layer's gradients in its input with finite differences. */
export async function expectTrueGradients(layer: tf.layers.Layer, at: tf.Tensor, how = {}): Promise<void> {
  const { shape } = tf.tidy(() => layer.apply(at, how) as tf.Tensor)
  const f = weighed(layer, tf.randomNormal(shape, 0, 1, 'float32', 7), how)
  await expectClose(tf.grad(f)(at), await finiteDifference(f, at), 5e-3, 5e-3)
  const squaredSlope = (x: tf.Tensor) => tf.grad(f)(x).square().sum() as tf.Scalar
  await expectClose(secondGradient(f, at), await finiteDifference(squaredSlope, at), 2e-2, 1e-2)
}

/** Every weight of a layer, as numbers, to be compared to the bit. */
export function bits(layer: tf.layers.Layer): Promise<number[][]> {
  return Promise.all(layer.weights.map(async weight => Array.from(await weight.read().data())))
}

/** The gradients of f in a layer's trainable weights, by their name without the layer's. */
export function weightGradients(layer: tf.layers.Layer, f: () => tf.Scalar): Record<string, tf.Tensor> {
  const { grads } = tf.variableGrads(
    f,
    layer.trainableWeights.map(weight => weight.read() as tf.Variable),
  )
  return Object.fromEntries(
    layer.trainableWeights.map(weight => [weight.originalName.split('/').at(-1)!, grads[weight.name]!]),
  )
}
