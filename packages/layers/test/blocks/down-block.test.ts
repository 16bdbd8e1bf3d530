import * as tf from '@tensorflow/tfjs'
import { expect, test } from 'vitest'
import { type DownBlockOptions, downBlock } from '../../src/index.ts'

const base: DownBlockOptions = { name: 'down_1', filters: 6, kernel: 4, inputShape: [6, 9, 3] }
const chained = (options: Partial<DownBlockOptions> = {}) =>
  tf.sequential({ layers: downBlock({ ...base, ...options }) })

test.each<[NonNullable<DownBlockOptions['normalization']>, string[], string[]]>([
  [
    'batch',
    ['conv', 'norm', 'activation'],
    ['conv/kernel', 'norm/gamma', 'norm/beta', 'norm/moving_mean', 'norm/moving_variance'],
  ],
  ['spectral', ['conv', 'activation'], ['conv/kernel', 'conv/bias', 'conv/u', 'conv/v']],
  ['none', ['conv', 'activation'], ['conv/kernel', 'conv/bias']],
])('with %s normalization it is %j', (normalization, layers, weights) => {
  const model = chained({ normalization })
  expect(model.layers.map(layer => layer.name)).toEqual(layers.map(layer => `down_1_${layer}`))
  expect(model.weights.map(weight => weight.originalName)).toEqual(weights.map(weight => `down_1_${weight}`))
  expect(model.outputs[0]!.shape).toEqual([null, 3, 5, 6])
  expect((model.predict(tf.ones([2, 6, 9, 3])) as tf.Tensor).shape).toEqual([2, 3, 5, 6])
})

test('it may be linear, and of another stride', () => {
  const model = chained({ activation: 'linear', stride: 1, kernel: 3, normalization: 'none' })
  expect(model.layers.map(layer => layer.name)).toEqual(['down_1_conv'])
  expect(model.outputs[0]!.shape).toEqual([null, 6, 9, 6])
})

test('equal seeds and purposes give equal weights, u and γ included', async () => {
  const weights = (options: Partial<DownBlockOptions>) =>
    Promise.all(chained(options).weights.map(async weight => Array.from(await weight.read().data())))
  for (const normalization of ['spectral', 'batch'] as const) {
    const first = await weights({ seed: 1, normalization })
    expect(await weights({ seed: 1, normalization, purpose: 'down_1' })).toEqual(first)
    const others = await weights({ seed: 1, normalization, purpose: 'discriminator/down_1' })
    expect(others[0]).not.toEqual(first[0])
    const drawn = normalization === 'spectral' ? 2 : 1
    expect(others[drawn]).not.toEqual(first[drawn])
  }
})

test.each<[Partial<DownBlockOptions>, string]>([
  [{ normalization: 'pixel' as 'none' }, "normalization is 'pixel', expected one of: batch, spectral, none"],
  [{ activation: 'tanh' as 'relu' }, "activation is 'tanh', expected one of: leaky-relu, relu, linear"],
  [{ filters: Number.NaN }, 'filters is NaN, expected a whole number of at least 1'],
  [{ seed: -1, normalization: 'none' }, 'seed is -1'],
])('%j is refused', (options, message) => {
  const given = { ...base, ...options }
  expect(() => downBlock(given)).toThrow(message)
  expect(() => downBlock(given)).toThrow(/^\[gankit\/(layers|core)\]/)
})
