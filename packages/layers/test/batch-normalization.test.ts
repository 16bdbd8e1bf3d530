import { expectClose, finiteDifference } from '@gankit/testkit'
import * as tf from '@tensorflow/tfjs'
import { describe, expect, test } from 'vitest'
import { type BatchNormalizationOptions, batchNormalization } from '../src/index.ts'
import expected from './fixtures/layers.json' with { type: 'json' }
import { bits, built, secondGradient, tensorOf, weighed, weightGradients } from './reference.ts'

const train = { training: true }
const input = tf.randomNormal([4, 3, 2], 1, 2, 'float32', 5)

describe.each([
  ['[n, c]', expected.batchNorm2],
  ['[n, h, w, c]', expected.batchNorm4],
])('on %s it equals PyTorch', (_shape, reference) => {
  const inputs = reference.inputs.map(tensorOf)
  const [x, weights] = [inputs[0]!, tensorOf(reference.weights)]
  const make = (name: string) => {
    const layer = built(batchNormalization({ name }), x)
    const [mean, variance] = layer.getWeights().slice(2)
    layer.setWeights([tensorOf(reference.gamma), tensorOf(reference.beta), mean!, variance!])
    return layer
  }

  test('in its output', async () => {
    await expectClose(make('a').apply(x, train) as tf.Tensor, reference.output.values, 1e-5)
  })

  test('in the gradients of x, γ and β', async () => {
    const layer = make('b')
    const f = weighed(layer, weights, train)
    await expectClose(tf.grad(f)(x), reference.dx.values, 1e-5)
    const { gamma, beta } = weightGradients(layer, () => f(x))
    await expectClose(gamma!, reference.dgamma.values, 1e-5)
    await expectClose(beta!, reference.dbeta.values, 1e-5)
  })

  test('in the second-order gradients', async () => {
    const layer = make('c')
    const f = weighed(layer, weights, train)
    await expectClose(secondGradient(f, x), reference.ddx.values, 1e-5, 1e-5)
    const { gamma } = weightGradients(layer, () => tf.grad(f)(x).square().sum())
    await expectClose(gamma!, reference.ddgamma.values, 1e-5, 1e-5)
  })

  test('in the running statistics after three steps, and in inference by them', async () => {
    const layer = make('d')
    for (const step of inputs) layer.apply(step, train)
    const [mean, variance] = layer.getWeights().slice(2)
    await expectClose(mean!, reference.runningMean.values, 1e-5)
    await expectClose(variance!, reference.runningVariance.values, 1e-5)
    await expectClose(layer.apply(x) as tf.Tensor, reference.inference.values, 1e-5)
  })
})

test.each<BatchNormalizationOptions>([
  {},
  { scale: false },
  { center: false },
  { scale: false, center: false },
])('with %o its gradients are those of finite differences', async options => {
  const layer = built(batchNormalization(options), input)
  const f = weighed(layer, tf.randomNormal(input.shape, 0, 1, 'float32', 7), train)
  await expectClose(tf.grad(f)(input), await finiteDifference(f, input), 2e-3)
  const squaredSlope = (x: tf.Tensor) => tf.grad(f)(x).square().sum() as tf.Scalar
  await expectClose(tf.grad(squaredSlope)(input), await finiteDifference(squaredSlope, input), 5e-3)
  expect(layer.trainableWeights.length).toBe(Number(options.scale ?? true) + Number(options.center ?? true))
})

test('inference is differentiable in the input', async () => {
  const layer = built(batchNormalization(), input)
  for (let step = 0; step < 3; step++) layer.apply(input, train)
  const f = weighed(layer, tf.randomNormal(input.shape, 0, 1, 'float32', 7))
  await expectClose(tf.grad(f)(input), await finiteDifference(f, input), 2e-3)
})

test('a mean far from zero costs no precision', async () => {
  const layer = batchNormalization()
  const far = layer.apply(input.add(1024), train) as tf.Tensor
  await expectClose(far, layer.apply(input, train) as tf.Tensor, 2e-4)
})

test('with moveStatistics: false it trains and moves nothing, to the bit', async () => {
  const layer = batchNormalization()
  const free = layer.apply(input, train) as tf.Tensor
  const before = await bits(layer)
  const still = layer.apply(input, { training: true, moveStatistics: false }) as tf.Tensor
  await expectClose(still, free, 0)
  expect(await bits(layer)).toEqual(before)
  layer.apply(input, train)
  expect(await bits(layer)).not.toEqual(before)
})

test('inference and a frozen layer use the running statistics and move nothing', async () => {
  const layer = batchNormalization()
  layer.apply(input, train)
  const before = await bits(layer)
  const inference = layer.apply(input) as tf.Tensor
  layer.trainable = false
  await expectClose(layer.apply(input, train) as tf.Tensor, inference, 0)
  expect(await bits(layer)).toEqual(before)
})

test('training leaves no tensor behind', () => {
  const layer = batchNormalization()
  const step = () =>
    tf.tidy(() => {
      const { grads } = tf.variableGrads(
        () => (layer.apply(input, train) as tf.Tensor).square().sum(),
        layer.trainableWeights.map(weight => weight.read() as tf.Variable),
      )
      tf.dispose(grads)
    })
  tf.tidy(() => void layer.apply(input))
  const before = tf.memory().numTensors
  for (let i = 0; i < 5; i++) {
    step()
    tf.dispose(layer.apply(input, train) as tf.Tensor)
    tf.dispose(layer.apply(input) as tf.Tensor)
  }
  expect(tf.memory().numTensors).toBe(before)
})

test('it runs without a Tile, the kernel that spends most of the stock gradient', async () => {
  const layer = built(batchNormalization(), input)
  const f = weighed(layer, tf.onesLike(input), train)
  const { kernelNames } = await tf.profile(() => tf.grad(f)(input))
  expect(kernelNames).toContain('Rsqrt')
  expect(kernelNames).not.toContain('Tile')
})

test('weights are named after the layer and in the stock order', () => {
  const layer = built(batchNormalization({ name: 'norm' }), input)
  expect(layer.weights.map(weight => weight.originalName)).toEqual([
    'norm/gamma',
    'norm/beta',
    'norm/moving_mean',
    'norm/moving_variance',
  ])
})

test('what it can not do it says', () => {
  expect(() => batchNormalization({ momentum: 1.5 })).toThrow(
    '[gankit/layers] batchNormalization momentum is 1.5, expected a number from 0 to 1',
  )
  expect(() => batchNormalization({ epsilon: 0 })).toThrow('batchNormalization epsilon is 0')
  expect(() => batchNormalization().apply(tf.ones([3]))).toThrow('expected [n, ..., channels]')
  expect(() => batchNormalization({ name: 'lonely' }).apply(tf.ones([1, 3]), train)).toThrow(
    "[gankit/layers] batchNormalization 'lonely' got 1 value a channel, expected at least 2 in training",
  )
})
