import { forward } from '@gankit/core'
import { expectClose, savedModel } from '@gankit/testkit'
import * as tf from '@tensorflow/tfjs'
import { expect, test } from 'vitest'
import { type SpectralNormalizationOptions, spectralNormalization } from '../src/index.ts'
import { bits, built, expectTrueGradients } from './reference.ts'

const images = tf.randomNormal([2, 4, 4, 3], 0, 1, 'float32', 5)
const train = { training: true }
const still = { training: true, moveStatistics: false }
const convolution = (options: SpectralNormalizationOptions = {}) =>
  spectralNormalization(
    tf.layers.conv2d({
      name: 'conv',
      filters: 5,
      kernelSize: 3,
      kernelInitializer: tf.initializers.randomNormal({ seed: 2 }),
    }),
    options,
  )

test('two passes on one tape keep the vectors that each of them had', async () => {
  const layer = built(convolution(), images)
  layer.weights[0]!.write(tf.randomNormal([3, 3, 3, 5], 0, 1, 'float32', 9))
  const start = layer.getWeights().map(weight => weight.clone())
  const kernel = layer.weights[0]!.read() as tf.Variable
  const pass = (x: tf.Tensor) => (layer.apply(x, train) as tf.Tensor).square().sum()
  const gradient = (f: () => tf.Tensor) =>
    tf.variableGrads(f as () => tf.Scalar, [kernel]).grads[kernel.name]!
  const [first, second] = [images, images.reverse(1)]
  const together = gradient(() => pass(first).add(pass(second)))
  layer.setWeights(start)
  const apart = [gradient(() => pass(first)), gradient(() => pass(second))]
  await expectClose(together, tf.addN(apart), 1e-5, 1e-5)
})

test('from the start the largest singular value is divided by', async () => {
  // Singular values 5, 2 and 1: a diagonal matrix, turned.
  const turn = tf.tensor2d([2 / 3, -1 / 3, 2 / 3, 2 / 3, 2 / 3, -1 / 3, -1 / 3, 2 / 3, 2 / 3], [3, 3])
  const kernel = tf.matMul(turn, tf.diag(tf.tensor1d([5, 2, 1])) as tf.Tensor2D)
  const kernelInitializer = Object.assign(tf.initializers.zeros(), { apply: () => kernel.clone() })
  const layer = spectralNormalization(tf.layers.dense({ units: 3, useBias: false, kernelInitializer }))
  await expectClose(layer.apply(tf.eye(3)) as tf.Tensor, kernel.div(5), 1e-5)
})

test('it moves in a training pass in which statistics may move, and in no other, to the bit', async () => {
  const layer = convolution()
  const inference = layer.apply(images) as tf.Tensor
  layer.weights[0]!.write(tf.randomNormal([3, 3, 3, 5], 0, 1, 'float32', 9))
  const before = await bits(layer)
  layer.apply(images)
  layer.apply(images, still)
  expect(await bits(layer)).toEqual(before)
  layer.trainable = false
  layer.apply(images, train)
  expect(await bits(layer)).toEqual(before)
  layer.trainable = true
  await expectClose(layer.apply(images, still) as tf.Tensor, layer.apply(images) as tf.Tensor, 0)
  layer.apply(images, train)
  const after = await bits(layer)
  expect(after.slice(0, 2)).toEqual(before.slice(0, 2)) // kernel and bias
  expect(after[2]).not.toEqual(before[2])
  expect(after[3]).not.toEqual(before[3])
  expect(inference.shape).toEqual([2, 2, 2, 5])
})

test('kernel and bias are trained, the vectors are not', () => {
  const layer = built(convolution(), images)
  const names = (weights: tf.layers.Layer['weights']) => weights.map(weight => weight.originalName)
  expect(names(layer.trainableWeights)).toEqual(['conv/kernel', 'conv/bias'])
  expect(names(layer.nonTrainableWeights)).toEqual(['conv/u', 'conv/v'])
  layer.trainable = false
  expect(names(layer.trainableWeights)).toEqual([])
  expect(layer.weights).toHaveLength(4)
})

test('u is a function of seed and purpose', async () => {
  const u = async (options: SpectralNormalizationOptions) =>
    (await bits(built(convolution(options), images)))[2]!
  const first = await u({ seed: 1 })
  expect(await u({ seed: 1 })).toEqual(first)
  expect(await u({ seed: 1, purpose: 'conv' })).toEqual(first)
  expect(await u({ seed: 2 })).not.toEqual(first)
  expect(await u({ seed: 1, purpose: 'discriminator/conv' })).not.toEqual(first)
})

test('its gradients are those of finite differences, in the first and the second order', async () => {
  const activation = 'softplus' // not linear, or there is no second order
  const layer = spectralNormalization(tf.layers.dense({ units: 3, activation }))
  await expectTrueGradients(layer, tf.randomNormal([3, 4], 0, 1, 'float32', 5), still)
})

test('saved and opened again it goes on as if nothing had been', async () => {
  const model = tf.sequential({
    layers: [
      spectralNormalization(
        tf.layers.conv2d({ name: 'down_1', filters: 4, kernelSize: 3, strides: 2, inputShape: [8, 8, 3] }),
        { seed: 3 },
      ),
      spectralNormalization(
        tf.layers.conv2dTranspose({ name: 'up_1', filters: 2, kernelSize: 2, padding: 'same' }),
      ),
      tf.layers.flatten(),
      spectralNormalization(tf.layers.dense({ name: 'logit', units: 1, useBias: false, activation: 'tanh' })),
    ],
  })
  const x = tf.randomNormal([4, 8, 8, 3], 0, 1, 'float32', 2)
  forward(model, x, train)
  const again = await tf.loadLayersModel(tf.io.fromMemory(await savedModel(model)))
  await expectClose(forward(again, x), forward(model, x), 1e-6)
  await expectClose(forward(again, x, train), forward(model, x, train), 1e-6)
  expect(again.weights.map(weight => weight.originalName)).toEqual(
    model.weights.map(weight => weight.originalName),
  )
  expect(again.trainableWeights).toHaveLength(5)
  expect(again.layers[0]!.getConfig()).toMatchObject({
    name: 'down_1',
    layer: { className: 'Conv2D', config: { filters: 4, strides: [2, 2] } },
  })
})

test('training leaves no tensor behind, and the layer gives its own back', () => {
  const before = tf.memory().numTensors
  const layer = convolution()
  const step = () =>
    tf.tidy(() => {
      const kernel = layer.trainableWeights.map(weight => weight.read() as tf.Variable)
      tf.variableGrads(() => (layer.apply(images, train) as tf.Tensor).square().sum(), kernel)
      layer.apply(images)
    })
  tf.tidy(() => void layer.apply(images))
  const made = tf.memory().numTensors
  expect(made).toBe(before + 4)
  for (let i = 0; i < 5; i++) step()
  expect(tf.memory().numTensors).toBe(made)
  layer.dispose()
  expect(tf.memory().numTensors).toBe(before)
})

test('what it can not do it says', () => {
  expect(() => spectralNormalization(tf.layers.flatten())).toThrow(
    '[gankit/layers] spectralNormalization got a layer of class Flatten, expected a new tf.layers.conv2d, conv2dTranspose or dense',
  )
  expect(() => spectralNormalization(built(tf.layers.dense({ units: 1 }), tf.ones([1, 1])))).toThrow(
    'spectralNormalization got a layer that is built of class Dense',
  )
  expect(() => convolution({ seed: 0.5 })).toThrow('seed is 0.5')
})

test('a saved layer that this process does not know is named', async () => {
  const artifacts = await savedModel(
    tf.sequential({ layers: [spectralNormalization(tf.layers.dense({ units: 1, inputShape: [2] }))] }),
  )
  const modelTopology = JSON.parse(JSON.stringify(artifacts.modelTopology).replaceAll('"Dense"', '"Denser"'))
  await expect(tf.loadLayersModel(tf.io.fromMemory({ ...artifacts, modelTopology }))).rejects.toThrow(
    '[gankit/layers] a saved spectralNormalization wraps a layer of class Denser, expected one of Conv2D, Conv2DTranspose, Dense',
  )
})
