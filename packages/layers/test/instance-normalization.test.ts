import { expectClose } from '@gankit/testkit'
import * as tf from '@tensorflow/tfjs'
import { expect, test } from 'vitest'
import {
  adaptiveInstanceNormalization,
  type InstanceNormalizationOptions,
  instanceNormalization,
  normal,
} from '../src/index.ts'
import { built, expectTrueGradients } from './reference.ts'

const input = tf.randomNormal([3, 2, 3, 2], 1, 2, 'float32', 5)
const layers = {
  instanceNormalization: () => instanceNormalization({ name: 'norm' }),
  adaptiveInstanceNormalization: () => adaptiveInstanceNormalization({ name: 'norm' }),
}
const styled = (x: tf.Tensor) => [x, tf.zeros([x.shape[0]!, 3])]

test('every image and channel gets the mean 0 and the variance 1, alone or in a batch, in training or not', async () => {
  const layer = instanceNormalization()
  const output = layer.apply(input) as tf.Tensor
  const { mean, variance } = tf.moments(output, [1, 2])
  await expectClose(mean, new Array(6).fill(0), 1e-6)
  await expectClose(variance, new Array(6).fill(1), 1e-4)
  await expectClose(layer.apply(input, { training: true }) as tf.Tensor, output, 0)
  await expectClose(layer.apply(input.slice([1], [1])) as tf.Tensor, output.slice([1], [1]), 0)
})

test.each<InstanceNormalizationOptions>([
  {},
  { scale: false },
  { center: false },
  { scale: false, center: false },
])('with %o its gradients are those of finite differences', async options => {
  const layer = built(instanceNormalization(options), input)
  await expectTrueGradients(layer, input)
  expect(layer.trainableWeights.length).toBe(Number(options.scale ?? true) + Number(options.center ?? true))
})

test('a mean far from zero costs no precision', async () => {
  const layer = instanceNormalization()
  await expectClose(layer.apply(input.add(1024)) as tf.Tensor, layer.apply(input) as tf.Tensor, 2e-4)
})

test('γ and β start as they are told, and are named after the layer', async () => {
  const gammaInitializer = normal({ mean: 1, seed: 2, purpose: 'gamma' })
  const layer = built(
    instanceNormalization({ name: 'norm', gammaInitializer, betaInitializer: tf.initializers.ones() }),
    input,
  )
  expect(layer.weights.map(weight => weight.originalName)).toEqual(['norm/gamma', 'norm/beta'])
  await expectClose(layer.getWeights()[0]!, await gammaInitializer.apply([2]).data(), 0)
  await expectClose(layer.getWeights()[1]!, [1, 1], 0)
})

test('images of any size are normalized, as long as they have two places', async () => {
  const layer = instanceNormalization({ name: 'any' })
  const symbolic = layer.apply(tf.input({ shape: [null, null, 2] })) as tf.SymbolicTensor
  expect(symbolic.shape).toEqual([null, null, null, 2])
  expect((layer.apply(tf.ones([1, 1, 2, 2])) as tf.Tensor).shape).toEqual([1, 1, 2, 2])
  expect(() => layer.apply(tf.ones([4, 1, 1, 2]))).toThrow("'any' got images of one place, shape [4,1,1,2]")
})

test('a style of 0 gives instance norm, and the style of one image changes that image alone', async () => {
  const layer = adaptiveInstanceNormalization({ name: 'style', seed: 3 })
  const plain = layer.apply(styled(input)) as tf.Tensor
  await expectClose(plain, instanceNormalization().apply(input) as tf.Tensor, 1e-6)
  expect(layer.weights.map(({ originalName, shape }) => [originalName, shape])).toEqual([
    ['style/kernel', [3, 4]],
    ['style/bias', [4]],
  ])
  const style = tf.tensor2d([0, 0, 0, 1, -1, 2, 0, 0, 0], [3, 3])
  const moved = tf.moments(layer.apply([input, style]) as tf.Tensor, [1, 2])
  const [gamma, beta] = tf.split(style.matMul(layer.getWeights()[0]!), 2, 1)
  await expectClose(moved.mean, beta!, 1e-5)
  await expectClose(moved.variance.sqrt(), gamma!.add(1).abs(), 1e-4)
})

test('the kernel of a style has its own seed and purpose', async () => {
  const kernel = (options: { seed?: number; purpose?: string; name?: string }) => {
    const layer = adaptiveInstanceNormalization(options)
    layer.apply(styled(input))
    return layer.getWeights()[0]!.data()
  }
  const first = await kernel({ seed: 1, purpose: 'generator/style' })
  expect(await kernel({ seed: 1, purpose: 'generator/style' })).toEqual(first)
  expect(await kernel({ seed: 2, purpose: 'generator/style' })).not.toEqual(first)
  expect(await kernel({ seed: 1, name: 'other' })).not.toEqual(first)
})

test.each(Object.entries(layers))('%s leaves no tensor behind', (name, make) => {
  const layer = make()
  const inputs = (name === 'instanceNormalization' ? [input] : styled(input)) as [tf.Tensor]
  tf.dispose(layer.apply(inputs) as tf.Tensor)
  const before = tf.memory().numTensors
  for (let i = 0; i < 3; i++)
    tf.tidy(() => {
      tf.dispose(layer.apply(inputs) as tf.Tensor)
      const { grads } = tf.variableGrads(
        () => (layer.apply(inputs) as tf.Tensor).square().sum(),
        layer.trainableWeights.map(weight => weight.read() as tf.Variable),
      )
      tf.dispose(grads)
    })
  expect(tf.memory().numTensors).toBe(before)
})

test('what they can not do they say', () => {
  expect(() => instanceNormalization({ epsilon: 0 })).toThrow('instanceNormalization epsilon is 0')
  expect(() => instanceNormalization({ name: 'rows' }).apply(tf.ones([4, 3]))).toThrow(
    "[gankit/layers] instanceNormalization 'rows' got input of shape [4,3], expected [n, ..., channels] with places between: use batchNormalization for rows",
  )
  const bottleneck = tf.input({ shape: [1, 1, 8] })
  expect(() => instanceNormalization({ name: 'bottleneck' }).apply(bottleneck)).toThrow(
    "[gankit/layers] instanceNormalization 'bottleneck' got images of one place, shape [,1,1,8], expected at least two: the mean of one number is the number, so all would become 0; leave the layer out here",
  )
  const adaptive = adaptiveInstanceNormalization({ name: 'style' })
  expect(() => adaptive.apply(input)).toThrow(
    "[gankit/layers] adaptiveInstanceNormalization 'style' got input of shape [3,2,3,2], expected a list of two, images [n, ..., channels] and a style [n, features]",
  )
  expect(() => adaptive.apply([input, input])).toThrow('got input of shape [3,2,3,2], [3,2,3,2], expected')
  expect(() => adaptive.apply([tf.ones([3, 1, 1, 2]), tf.ones([3, 4])])).toThrow('images of one place')
  expect(() => adaptiveInstanceNormalization({ epsilon: -1 })).toThrow('epsilon is -1')
  expect(() => adaptiveInstanceNormalization({ seed: 0.5 })).toThrow('seed is 0.5')
})
