import { expectClose } from '@gankit/testkit'
import * as tf from '@tensorflow/tfjs'
import { expect, test } from 'vitest'
import { heNormal, type UpBlockOptions, upBlock } from '../../src/index.ts'

const base: UpBlockOptions = {
  name: 'up_1',
  kind: 'transposed',
  filters: 6,
  kernel: 4,
  inputShape: [5, 3, 8],
}
const chained = (options: Partial<UpBlockOptions> = {}) =>
  tf.sequential({ layers: upBlock({ ...base, ...options }) })
const names = (model: tf.Sequential) => model.weights.map(weight => weight.originalName)
const weightOf = (model: tf.Sequential, name: string) =>
  model.weights.find(weight => weight.originalName === `up_1_${name}`)!.read()

test.each<[UpBlockOptions['kind'], UpBlockOptions['normalization'], string[]]>([
  ['transposed', 'batch', ['conv', 'norm', 'activation']],
  ['transposed', 'pixel', ['conv', 'activation', 'norm']],
  ['transposed', 'none', ['conv', 'activation']],
  ['resize', 'batch', ['resize', 'conv', 'norm', 'activation']],
  ['resize', 'pixel', ['resize', 'conv', 'activation', 'norm']],
  ['pixel-shuffle', 'batch', ['conv', 'shuffle', 'norm', 'activation']],
  ['pixel-shuffle', 'none', ['conv', 'shuffle', 'activation']],
])('%s with %s normalization is %j', (kind, normalization, layers) => {
  const model = chained({ kind, ...(normalization && { normalization }) })
  expect(model.layers.map(layer => layer.name)).toEqual(layers.map(layer => `up_1_${layer}`))
  expect(model.outputs[0]!.shape).toEqual([null, 10, 6, 6])
  expect((model.predict(tf.ones([2, 5, 3, 8])) as tf.Tensor).shape).toEqual([2, 10, 6, 6])
  expect(names(model).includes('up_1_conv/bias')).toBe(normalization !== 'batch')
})

test.each(['transposed', 'resize', 'pixel-shuffle'] as const)('%s goes up by any stride', kind => {
  expect(chained({ kind, stride: 3, kernel: 3 }).outputs[0]!.shape).toEqual([null, 15, 9, 6])
  expect(chained({ kind, stride: 1, kernel: 3 }).outputs[0]!.shape).toEqual([null, 5, 3, 6])
})

test.each([
  ['relu', [0, 0, 3]],
  ['leaky-relu', [-0.6, 0, 3]],
  ['tanh', [Math.tanh(-3), 0, Math.tanh(3)]],
  ['linear', [-3, 0, 3]],
] as const)('%s is its activation', async (activation, expected) => {
  const model = tf.sequential({
    layers: upBlock({
      ...base,
      filters: 1,
      kernel: 1,
      stride: 1,
      normalization: 'none',
      activation,
      inputShape: [3, 1, 1],
      initializer: () => tf.initializers.ones(),
    }),
  })
  await expectClose(model.predict(tf.tensor([-3, 0, 3], [1, 3, 1, 1])) as tf.Tensor, [...expected], 1e-6)
})

test("weights start as DCGAN's: N(0, 0.02²), γ from N(1, 0.02²), β and biases zero", async () => {
  const model = chained({ filters: 400 })
  const of = async (name: string) => {
    const { mean, variance } = tf.moments(weightOf(model, name))
    return [(await mean.data())[0]!, Math.sqrt((await variance.data())[0]!)]
  }
  const [mean, std] = await of('conv/kernel')
  expect(mean).toBeCloseTo(0, 3)
  expect(std).toBeCloseTo(0.02, 3)
  const [meanGamma, stdGamma] = await of('norm/gamma')
  expect(meanGamma).toBeCloseTo(1, 2)
  expect(stdGamma).toBeCloseTo(0.02, 2)
  expect(await of('norm/beta')).toEqual([0, 0])
})

test('equal seeds and purposes give equal weights; an initializer of choice draws them', async () => {
  const kernel = async (options: Partial<UpBlockOptions>) => {
    const model = chained({ kind: 'resize', ...options })
    return Array.from(await weightOf(model, 'conv/kernel').data())
  }
  const first = await kernel({ seed: 1, purpose: 'generator/up_1' })
  expect(await kernel({ seed: 1, purpose: 'generator/up_1' })).toEqual(first)
  expect(await kernel({ seed: 2, purpose: 'generator/up_1' })).not.toEqual(first)
  expect(await kernel({ seed: 1, purpose: 'generator/up_2' })).not.toEqual(first)
  const drawn = heNormal({ seed: 1, purpose: 'generator/up_1/kernel' }).apply([4, 4, 8, 6])
  await expectClose(await kernel({ seed: 1, purpose: 'generator/up_1', initializer: heNormal }), drawn, 0)
})

test.each<[Partial<UpBlockOptions>, string]>([
  [
    { kind: 'bilinear' as 'resize' },
    "kind is 'bilinear', expected one of: transposed, resize, pixel-shuffle",
  ],
  [
    { normalization: 'spectral' as 'none' },
    "normalization is 'spectral', expected one of: batch, pixel, none",
  ],
  [{ activation: 'elu' as 'relu' }, "activation is 'elu', expected one of: relu, leaky-relu, tanh, linear"],
  [{ filters: 0 }, 'filters is 0, expected a whole number of at least 1'],
  [{ kernel: 2.5 }, 'kernel is 2.5, expected a whole number of at least 1'],
  [{ stride: -1 }, 'stride is -1, expected a whole number of at least 1'],
  [{ slope: 1 }, 'slope is 1, expected a number from 0 to below 1'],
  [{ name: '' }, "name is '', expected the start of the layers' names, such as 'up_1'"],
])('%j is refused', (options, message) => {
  expect(() => upBlock({ ...base, ...options })).toThrow(`[gankit/layers] upBlock ${message}`)
})
