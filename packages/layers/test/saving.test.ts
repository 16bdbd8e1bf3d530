import { expectClose, savedModel } from '@gankit/testkit'
import * as tf from '@tensorflow/tfjs'
import { expect, test } from 'vitest'
import {
  adaptiveInstanceNormalization,
  batchNormalization,
  gaussianNoise,
  glorotUniform,
  icnr,
  instanceNormalization,
  maxout,
  minibatchStandardDeviation,
  normal,
  pixelNormalization,
  pixelShuffle,
  radialBasis,
  reflectionPadding,
  seededDropout,
  selfAttention,
  spectralNormalization,
  twoClassLogit,
} from '../src/index.ts'

const reopen = (artifacts: tf.io.ModelArtifacts) => tf.loadLayersModel(tf.io.fromMemory(artifacts))

test('batch norm, dropout and initializers are saved as stock layers that predict the same', async () => {
  const seeded = (purpose: string) => ({ seed: 1, purpose })
  const model = tf.sequential({
    layers: [
      tf.layers.dense({ units: 12, inputShape: [8], kernelInitializer: glorotUniform(seeded('a')) }),
      batchNormalization({ gammaInitializer: normal({ mean: 1, std: 0.1, ...seeded('b') }), epsilon: 1e-4 }),
      seededDropout({ rate: 0.3, seed: 5 }),
      tf.layers.reshape({ targetShape: [2, 2, 3] }),
      tf.layers.conv2d({ filters: 4, kernelSize: 1, kernelInitializer: normal(seeded('c')) }),
      batchNormalization({ scale: false, momentum: 0.8 }),
      batchNormalization({ center: false }),
    ],
  })
  const input = tf.randomNormal([16, 8], 0, 1, 'float32', 2)
  for (let step = 0; step < 4; step++) model.apply(input, { training: true })
  const artifacts = await savedModel(model)
  expect(JSON.stringify(artifacts.modelTopology)).not.toContain('gankit')
  const plain = await reopen(artifacts)
  const stock = [
    tf.layers.batchNormalization({}),
    tf.layers.dropout({ rate: 0.5 }),
    tf.layers.batchNormalization({}),
    tf.layers.batchNormalization({}),
  ]
  for (const [index, layer] of [1, 2, 5, 6].entries())
    expect(plain.layers[layer]!.constructor).toBe(stock[index]!.constructor)
  expect(plain.layers[1]!.getConfig()).toMatchObject({ momentum: 0.9, epsilon: 1e-4, axis: -1 })
  expect(plain.layers[5]!.getConfig()).toMatchObject({ momentum: 0.8, scale: false, center: true })
  expect(plain.layers[2]!.getConfig()).toMatchObject({ rate: 0.3 })
  await expectClose(plain.predict(input) as tf.Tensor, await (model.predict(input) as tf.Tensor).data(), 1e-6)
})

test('noise is saved as a stock layer', async () => {
  const model = tf.sequential({
    layers: [gaussianNoise({ name: 'noise', std: 0.3, seed: 5, inputShape: [4] })],
  })
  const artifacts = await savedModel(model)
  expect(JSON.stringify(artifacts.modelTopology)).not.toContain('gankit')
  const plain = await reopen(artifacts)
  expect(plain.layers[0]!.constructor).toBe(tf.layers.gaussianNoise({ stddev: 1 }).constructor)
  expect(plain.layers[0]!.getConfig()).toMatchObject({ name: 'noise', stddev: 0.3 })
})

const ofOurs = () =>
  tf.sequential({
    layers: [
      radialBasis({ units: 6, inputShape: [5] }),
      maxout({ units: 4, pieces: 3 }),
      tf.layers.dense({ units: 2 }),
      twoClassLogit(),
    ],
  })

test('layers of ours are opened again where this package is imported', async () => {
  const model = ofOurs()
  const input = tf.randomNormal([7, 5], 0, 1, 'float32', 2)
  const again = await reopen(await savedModel(model))
  await expectClose(again.predict(input) as tf.Tensor, await (model.predict(input) as tf.Tensor).data(), 1e-6)
  expect(again.layers.map(layer => layer.name)).toEqual(model.layers.map(layer => layer.name))
})

const ofImages = () =>
  tf.sequential({
    layers: [
      selfAttention({ keyChannels: 3, normalization: 'spectral', inputShape: [4, 4, 8] }),
      pixelNormalization({ epsilon: 1e-4 }),
      pixelShuffle(),
      reflectionPadding({ padding: 1 }),
      instanceNormalization(),
      spectralNormalization(tf.layers.conv2d({ filters: 3, kernelSize: 3 })),
      minibatchStandardDeviation({ groupSize: 3 }),
    ],
  })

test('so are those of images, options included', async () => {
  const model = ofImages()
  const input = tf.randomNormal([6, 4, 4, 8], 0, 1, 'float32', 2)
  const again = await reopen(await savedModel(model))
  await expectClose(again.predict(input) as tf.Tensor, await (model.predict(input) as tf.Tensor).data(), 1e-6)
  const config = (layer: number) => again.layers[layer]!.getConfig()
  expect(config(0)).toMatchObject({ keyChannels: 3, normalization: 'spectral' })
  expect(config(1)).toMatchObject({ epsilon: 1e-4 })
  expect(config(2)).toMatchObject({ factor: 2 })
  expect(config(6)).toMatchObject({ groupSize: 3 })
})

test('a translator with icnr and a style is opened again as it was', async () => {
  const [image, style] = [tf.input({ shape: [4, 4, 3] }), tf.input({ shape: [2] })]
  const kernelInitializer = icnr({ initializer: normal({ seed: 1, purpose: 'kernel' }) })
  let x: tf.SymbolicTensor = image
  for (const layer of [
    reflectionPadding({ padding: [1, 0, 2, 1] }),
    tf.layers.conv2d({ filters: 8, kernelSize: 2, kernelInitializer }),
    pixelShuffle(),
    instanceNormalization({ epsilon: 1e-3, scale: false, name: 'norm' }),
  ])
    x = layer.apply(x) as tf.SymbolicTensor
  const outputs = adaptiveInstanceNormalization({ epsilon: 1e-4 }).apply([x, style]) as tf.SymbolicTensor
  const model = tf.model({ inputs: [image, style], outputs })
  const artifacts = await savedModel(model)
  expect(JSON.stringify(artifacts.modelTopology)).toContain('RandomNormal')
  const again = await reopen(artifacts)
  const inputs = [
    tf.randomNormal([3, 4, 4, 3], 0, 1, 'float32', 2),
    tf.randomNormal([3, 2], 0, 1, 'float32', 3),
  ]
  const expected = await (model.predict(inputs) as tf.Tensor).data()
  await expectClose(again.predict(inputs) as tf.Tensor, expected, 1e-6)
  const config = (layer: number) => again.layers[layer]!.getConfig()
  expect(config(1)).toMatchObject({ padding: [1, 0, 2, 1] })
  expect(again.getLayer('norm').getConfig()).toMatchObject({ epsilon: 1e-3, scale: false, center: true })
  expect(again.layers.at(-1)!.getConfig()).toMatchObject({ epsilon: 1e-4 })
})

const images = [
  'InstanceNormalization',
  'ReflectionPadding',
  'SelfAttention',
  'PixelNormalization',
  'PixelShuffle',
  'SpectralNormalization',
  'MinibatchStandardDeviation',
]

test.each(['RadialBasis', 'Maxout', 'TwoClassLogit', ...images])(
  'without it, %s says where it comes from',
  async name => {
    const artifacts = await savedModel(images.includes(name) ? ofImages() : ofOurs())
    const { classNameMap } = tf.serialization.SerializationMap.getMap()
    const className = `@gankit/layers>${name}`
    const registered = classNameMap[className]!
    delete classNameMap[className]
    try {
      await expect(reopen(artifacts)).rejects.toThrow(`Unknown layer: ${className}`)
    } finally {
      classNameMap[className] = registered
    }
  },
)
