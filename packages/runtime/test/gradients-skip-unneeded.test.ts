import { expectClose } from '@gankit/testkit'
import * as tf from '@tensorflow/tfjs'
import { expect, test } from 'vitest'
import { skipUnneededGradients } from '../src/gradients/skip-unneeded.ts'

/** Seeded numbers between −1 and 1. */
const numbers = (shape: readonly number[], seed: number) =>
  tf.randomUniform([...shape], -1, 1, 'float32', seed)

const networks = {
  convolution: () => [
    tf.layers.conv2d({ filters: 2, kernelSize: 3, inputShape: [5, 5, 1], biasInitializer: 'ones' }),
    tf.layers.leakyReLU({ alpha: 0.2 }),
    tf.layers.conv2d({ filters: 3, kernelSize: 3, useBias: false }),
  ],
  dense: () => [
    tf.layers.dense({ units: 4, inputShape: [5], biasInitializer: 'ones' }),
    tf.layers.leakyReLU({ alpha: 0.2 }),
    tf.layers.dense({ units: 3, activation: 'sigmoid' }),
  ],
}

test.each([
  ['convolution', [2, 5, 5, 1], 'Conv2DBackpropFilter', 'Conv2DBackpropInput'],
  ['dense', [2, 5], 'BatchMatMul', 'BatchMatMul'],
] as const)(
  '%s: the same gradients, and none that nobody asked for',
  async (name, shape, ofWeights, ofInput) => {
    await tf.setBackend('cpu')
    const model = tf.sequential({ layers: networks[name]() })
    for (const [i, weight] of model.weights.entries()) weight.write(numbers(weight.shape as number[], i + 1))
    const x = numbers(shape, 9)
    const loss = (x: tf.Tensor) =>
      (model.apply(x, { training: true }) as tf.Tensor).square().sum() as tf.Scalar
    const inWeights = () =>
      Object.values(
        tf.variableGrads(
          () => loss(x),
          model.trainableWeights.map(weight => weight.read() as tf.Variable),
        ).grads,
      )
    const inInput = () => [tf.grad(loss)(x)]
    const values = (tensors: tf.Tensor[]) => Promise.all(tensors.map(tensor => tensor.data()))
    const counted = async (f: () => tf.Tensor[], kernel: string) =>
      (await tf.profile(() => tf.tidy(f))).kernels.filter(({ name }) => name === kernel).length

    const [weights, input] = [await values(inWeights()), await values(inInput())]
    skipUnneededGradients()
    skipUnneededGradients()
    for (const [i, gradient] of (await values(inWeights())).entries())
      await expectClose(gradient, weights[i]!, 1e-5)
    await expectClose((await values(inInput()))[0]!, input[0]!, 1e-5)
    // Two products are the forward ones of the dense layers.
    const needed = name === 'convolution' ? [0, 1] : [2 + 2, 2 + 3]
    expect([await counted(inInput, ofWeights), await counted(inWeights, ofInput)]).toEqual(needed)
    expect(model.predict(x)).toBeInstanceOf(tf.Tensor)
  },
)
