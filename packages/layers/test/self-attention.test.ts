import { expectClose } from '@gankit/testkit'
import * as tf from '@tensorflow/tfjs'
import { expect, test } from 'vitest'
import { normal, selfAttention } from '../src/index.ts'
import { bits, built, expectTrueGradients } from './reference.ts'

const images = tf.randomNormal([2, 3, 2, 8], 0, 1, 'float32', 5)
const train = { training: true }

function awake(options: Parameters<typeof selfAttention>[0] = {}): tf.layers.Layer {
  const layer = built(selfAttention({ name: 'attention', ...options }), images)
  const gamma = layer.weights.find(weight => weight.originalName === 'attention/gamma')!
  gamma.write(tf.tensor1d([0.8]))
  return layer
}

test('it starts as the identity, and γ can leave it', async () => {
  const layer = selfAttention({ name: 'attention' })
  await expectClose(layer.apply(images) as tf.Tensor, images, 0)
  const { grads } = tf.variableGrads(
    () => (layer.apply(images) as tf.Tensor).square().sum(),
    layer.trainableWeights.map(weight => weight.read() as tf.Variable),
  )
  const gamma = layer.trainableWeights.at(-1)!
  expect(gamma.originalName).toBe('attention/gamma')
  expect(Math.abs((await grads[gamma.name]!.data())[0]!)).toBeGreaterThan(0.01)
})

test('weights have the shapes of the paper, and names of their own', () => {
  const shapes = (layer: tf.layers.Layer) =>
    Object.fromEntries(layer.weights.map(({ originalName, shape }) => [originalName, shape]))
  expect(shapes(awake())).toEqual({
    'attention/query_kernel': [8, 1],
    'attention/key_kernel': [8, 1],
    'attention/value_kernel': [8, 4],
    'attention/output_kernel': [4, 8],
    'attention/gamma': [1],
  })
  expect(shapes(awake({ keyChannels: 3, valueChannels: 8, normalization: 'spectral' }))).toMatchObject({
    'attention/key_kernel': [8, 3],
    'attention/key_u': [3],
    'attention/key_v': [8],
    'attention/output_kernel': [8, 8],
  })
})

test('where all places are alike it adds to each what they all hold', async () => {
  const layer = awake()
  const alike = tf.randomNormal([1, 1, 1, 8], 0, 1, 'float32', 6).tile([1, 3, 2, 1])
  const [, , value, output] = layer.getWeights() as [tf.Tensor, tf.Tensor, tf.Tensor2D, tf.Tensor2D]
  const added = tf.matMul(tf.matMul(alike.reshape([6, 8]), value), output).mul(0.8)
  await expectClose(layer.apply(alike) as tf.Tensor, added.add(alike.reshape([6, 8])), 1e-5)
})

test('no place has a position: places that change seats change seats in the output', async () => {
  const layer = awake()
  const turned = (layer.apply(images.reverse([1, 2])) as tf.Tensor).reverse([1, 2])
  await expectClose(turned, layer.apply(images) as tf.Tensor, 1e-5)
})

test('equal seeds and purposes give equal weights', async () => {
  const weights = (options: object) => bits(awake({ initializer: normal, ...options }))
  const first = await weights({ seed: 1, purpose: 'generator/attention' })
  expect(await weights({ seed: 1, purpose: 'generator/attention' })).toEqual(first)
  expect(await weights({ seed: 2, purpose: 'generator/attention' })).not.toEqual(first)
  expect(await weights({ seed: 1, purpose: 'discriminator/attention' })).not.toEqual(first)
})

test('its gradients are those of finite differences, in the first and the second order', () =>
  expectTrueGradients(awake({ initializer: of => normal({ ...of, std: 0.3 }) }), images))

test("'spectral' moves its vectors in training, when statistics may move", async () => {
  const layer = awake({ normalization: 'spectral', keyChannels: 3 })
  expect(layer.trainableWeights).toHaveLength(5)
  layer.weights[0]!.write(tf.randomNormal([8, 3], 0, 1, 'float32', 9))
  const before = await bits(layer)
  layer.apply(images)
  layer.apply(images, { training: true, moveStatistics: false })
  expect(await bits(layer)).toEqual(before)
  layer.apply(images, train)
  expect(await bits(layer)).not.toEqual(before)
})

test('what it can not do it says', () => {
  expect(() => selfAttention({ keyChannels: 0 })).toThrow(
    '[gankit/layers] selfAttention keyChannels is 0, expected a whole number of at least 1',
  )
  expect(() => selfAttention({ normalization: 'batch' as 'none' })).toThrow(
    "selfAttention normalization is 'batch', expected one of: spectral, none",
  )
  expect(() => selfAttention({ seed: -1 })).toThrow('seed is -1')
  expect(() => selfAttention().apply(tf.ones([2, 8]))).toThrow(
    'selfAttention got input of shape [2,8], expected [n, h, w, c]: put it before flatten',
  )
})
