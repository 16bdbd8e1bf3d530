import { allWeights, forward, normalPrior, randomStream, sampleLatent, trainableWeights } from '@gankit/core'
import * as tf from '@tensorflow/tfjs'
import { expect, test } from 'vitest'
import { architectures, createVanillaGan, type VanillaGanOptions } from '../src/index.ts'

const shapesOf = (model: tf.LayersModel) =>
  Object.fromEntries([...allWeights(model)].map(([name, weight]) => [name, weight.shape]))

const architecturesAndShapes = Object.entries(architectures).flatMap(([name, architecture]) =>
  [[2], [20, 20, 1], [28, 28, 1]].map(sampleShape => ({ name, architecture, sampleShape })),
)

test.each(architecturesAndShapes)(
  'architecture $name makes samples of shape $sampleShape and their logits',
  async ({ architecture, sampleShape }) => {
    const gan = createVanillaGan({ ...architecture, sampleShape })
    expect(gan.sampleShape).toEqual(sampleShape)
    expect(gan.latent).toMatchObject(architecture.latent ?? { size: 100, prior: normalPrior() })
    const fake = forward(gan.generator, sampleLatent(gan.latent!, 3, randomStream(1, 'latent')))
    const logits = forward(gan.discriminator, fake)
    expect(fake.shape).toEqual([3, ...sampleShape])
    expect(logits.shape).toEqual([3, 1])
    for (const x of await fake.data()) expect(Math.abs(x)).toBeLessThanOrEqual(1)
    for (const x of await logits.data()) expect(Number.isFinite(x)).toBe(true)
  },
)

// Weights that saturate the last layer: what comes out must span the range and not leave it.
test.each(['tanh', 'sigmoid'] as const)('%s closes G on [−1, 1], both ends reached', async output => {
  for (const kind of ['mlp', 'rbf'] as const) {
    const generator = { kind, output, ...(kind === 'mlp' && { hidden: [8] }) }
    const gan = createVanillaGan({ sampleShape: [2], latent: { size: 4, prior: normalPrior() }, generator })
    trainableWeights(gan.generator)
      .get('dense_output/bias')!
      .assign(tf.tensor1d([50, -50]))
    const fake = await forward(gan.generator, tf.randomNormal([5, 4], 0, 1, 'float32', 3)).data()
    for (const [index, x] of fake.entries()) expect(x).toBeCloseTo(index % 2 ? -1 : 1, 6)
  }
})

test('architecture classic is the vanilla net of the table, layer by layer', () => {
  const { generator, discriminator, latent } = createVanillaGan(architectures.classic)
  const sizes = [100, 128, 256, 512, 1024]
  const dense = sizes
    .slice(1)
    .flatMap((units, i) => [
      [`dense_${i + 1}/kernel`, [sizes[i], units]],
      [`dense_${i + 1}/bias`, [units]],
      ...(i === 0
        ? []
        : ['gamma', 'beta', 'moving_mean', 'moving_variance'].map(weight => [
            `batch_normalization_${i + 1}/${weight}`,
            [units],
          ])),
    ])
  expect(shapesOf(generator)).toEqual({
    ...Object.fromEntries(dense),
    'dense_output/kernel': [1024, 784],
    'dense_output/bias': [784],
  })
  expect(shapesOf(discriminator)).toEqual({
    'dense_1/kernel': [784, 512],
    'dense_1/bias': [512],
    'dense_2/kernel': [512, 256],
    'dense_2/bias': [256],
    'dense_output/kernel': [256, 1],
    'dense_output/bias': [1],
  })
  expect(latent).toEqual({ size: 100, prior: { name: 'normal', mean: 0, std: 1 } })
  for (const model of [generator, discriminator])
    for (const layer of model.layers.filter(({ name }) => name.startsWith('leaky_relu')))
      expect(layer.getConfig()).toMatchObject({ alpha: 0.2 })
  expect(generator.layers.at(-2)!.getConfig()).toMatchObject({ activation: 'tanh' })
})

test('architecture algorithm1 is the published net, layer by layer', () => {
  const { generator, discriminator, latent } = createVanillaGan(architectures.algorithm1)
  expect(shapesOf(generator)).toEqual({
    'dense_1/kernel': [100, 1200],
    'dense_1/bias': [1200],
    'dense_2/kernel': [1200, 1200],
    'dense_2/bias': [1200],
    'dense_output/kernel': [1200, 784],
    'dense_output/bias': [784],
  })
  // 240 units of 5 pieces are 1200 columns.
  expect(shapesOf(discriminator)).toEqual({
    'maxout_1/kernel': [784, 1200],
    'maxout_1/bias': [1200],
    'maxout_2/kernel': [240, 1200],
    'maxout_2/bias': [1200],
    'dense_output/kernel': [240, 1],
    'dense_output/bias': [1],
  })
  expect(generator.layers.map(layer => layer.getClassName()).filter(name => name === 'ReLU')).toHaveLength(2)
  expect(generator.layers.at(-3)!.getConfig()).toMatchObject({ activation: 'sigmoid' })
  // The published code keeps 0.8 of the inputs of the first layer and 0.5 of those of every other.
  const order = discriminator.layers.map(layer => [layer.name, layer.getConfig()['rate']])
  expect(order.filter(([name]) => /dropout|maxout|dense/.test(String(name)))).toEqual([
    ['dropout_input', expect.closeTo(1 - 0.8)],
    ['maxout_1', undefined],
    ['dropout_1', 1 - 0.5],
    ['maxout_2', undefined],
    ['dropout_2', 1 - 0.5],
    ['dense_output', undefined],
  ])
  // U(−√3, √3) has mean 0 and variance 1.
  expect(latent).toEqual({ size: 100, prior: { name: 'uniform', min: -Math.sqrt(3), max: Math.sqrt(3) } })
})

const dense = (sizes: number[]) =>
  sizes.slice(1).reduce((sum, units, i) => sum + sizes[i]! * units + units, 0)
const counts: [string, VanillaGanOptions, generator: number, discriminator: number][] = [
  [
    'classic',
    architectures.classic,
    dense([100, 128, 256, 512, 1024, 784]) + 4 * (256 + 512 + 1024),
    dense([784, 512, 256, 1]),
  ],
  [
    'algorithm1',
    architectures.algorithm1,
    dense([100, 1200, 1200, 784]),
    (784 * 240 + 240) * 5 + (240 * 240 + 240) * 5 + 241,
  ],
  ['light', architectures.light, dense([64, 256, 256, 784]) + 4 * 256, dense([784, 512, 256, 1])],
  ['the default', {}, 1_513_616, 533_505],
  [
    'an RBF generator and a linear D',
    { sampleShape: [2], generator: { kind: 'rbf', units: 7 }, discriminator: { hidden: [] } },
    7 * 100 + 7 + (7 * 2 + 2),
    2 + 1,
  ],
  [
    'no batch norm and two classes',
    {
      sampleShape: [3],
      generator: { kind: 'mlp', hidden: [5, 6], batchNormalization: false },
      discriminator: { hidden: [4], head: 'softmax' },
    },
    dense([100, 5, 6, 3]),
    dense([3, 4, 2]),
  ],
]

test.each(counts)(
  '%s has as many weights as its closed form says',
  (_, options, ofGenerator, ofDiscriminator) => {
    const { generator, discriminator } = createVanillaGan(options)
    expect(generator.countParams()).toBe(ofGenerator)
    expect(discriminator.countParams()).toBe(ofDiscriminator)
  },
)

test('batch norm starts at the second hidden layer, and can be left out', () => {
  const normed = (batchNormalization?: boolean) =>
    createVanillaGan({
      generator: {
        kind: 'mlp',
        hidden: [4, 5, 6],
        ...(batchNormalization !== undefined && { batchNormalization }),
      },
    })
      .generator.layers.map(layer => layer.name)
      .filter(name => name.startsWith('batch'))
  expect(normed()).toEqual(['batch_normalization_2', 'batch_normalization_3'])
  expect(normed(false)).toEqual([])
})
