import { join } from 'node:path'
import { GankitError, type Generator, isGankitError, selectGenerator } from '@gankit/core'
import { createDcgan, type DcganOptions } from '@gankit/dcgan'
import { captionedGenerator, textEncoder } from '@gankit/gan-cls'
import { exportOnnx, sample } from '@gankit/inference'
import { openGenerator } from '@gankit/inference/node'
import { selectBackend } from '@gankit/runtime/node'
import { createVanillaGan, type VanillaGanOptions, architectures as vanilla } from '@gankit/vanilla-gan'
import * as tf from '@tensorflow/tfjs'
import { beforeAll, expect, test } from 'vitest'
import { attributes, faces, points, sentences, translator } from '../../inference/test/generators.ts'
import { drawInputs, expectSame, reorder, runOnnx } from '../../inference/test/onnx/run-onnx.ts'

beforeAll(async () => {
  await selectBackend({ backend: 'wasm' })
})

const categories = { kind: 'categories', attributes } as const

test.each(['mnist-digits', 'dcgan-mnist', 'face-generation', 'super-resolution', 'edges-to-faces'])(
  'the generator of %s',
  async app => {
    const generator = await openShipped(app)
    const whole = await expectSame(generator, { count: 1 })
    const half = await expectSame(generator, { count: 1, precision: 'float16', tolerance: 2e-2 })
    expect(half.length / whole.length).toBeGreaterThan(0.49)
    expect(half.length / whole.length).toBeLessThan(0.56)
    generator.dispose()
  },
)

test('the generator of segmentation, which turns the smallest lead of a label into its color', async () => {
  const generator = await openShipped('segmentation')
  // Logits are multiplied by 200 there, and so is what the last digits of two sums differ by.
  await expectSame(generator, { count: 1, tolerance: 1e-2 })
  generator.dispose()
})

const openShipped = (app: string) =>
  openGenerator(join(import.meta.dirname, '../../../apps', app, 'generator'))

const sampleShape = [6, 6, 1] as const
const dense = (options: VanillaGanOptions) => selectGenerator(createVanillaGan({ ...options, sampleShape }))
test.each<[what: string, generator: () => Generator]>([
  ['points', () => points()],
  ['faces with attributes', faces],
  ['images of images', translator],
  ['light vanilla', () => dense(vanilla.light)],
  [
    'vanilla with sigmoid and a uniform prior',
    () =>
      dense({
        ...vanilla.algorithm1,
        generator: { kind: 'mlp', hidden: [20], output: 'sigmoid', batchNormalization: false },
      }),
  ],
  [
    'vanilla of radial functions with attributes',
    () => dense({ generator: { kind: 'rbf', units: 30 }, condition: categories, latent: { size: 4 } }),
  ],
])('%s', async (_, create) => {
  await expectSame(create())
})

const tiny: DcganOptions = { imageShape: [14, 12, 3], base: 4, latent: { size: 5 } }
test.each<[what: string, options: DcganOptions]>([
  ['transposed convolutions', {}],
  ['resizing, attributes', { upsampling: 'resize', condition: categories }],
  ['pixel shuffle, pixel norm', { upsampling: 'pixel-shuffle', normalization: { generator: 'pixel' } }],
  [
    'attention, no norm, ReLU',
    { selfAttention: true, normalization: { generator: 'none' }, generatorActivation: 'relu' },
  ],
  ['attributes, batch norm', { condition: categories, selfAttention: true }],
])('DCGAN of %s', async (_, options) => {
  await expectSame(selectGenerator(createDcgan({ ...tiny, ...options })))
})

test('captions: token numbers through the text encoder to pictures', async () => {
  const captions = {
    kind: 'tokens',
    length: 6,
    vocabulary: 5,
    words: ['', '?', 'red', 'hair', '红'],
  } as const
  const generator = captionedGenerator({
    gan: createDcgan({ ...tiny, condition: { kind: 'vector', size: 8 } }),
    textEncoder: textEncoder({ captions, size: 8, tokenSize: 4, filters: 6 }),
    captions,
  })
  const bytes = await expectSame(generator, { tolerance: 1e-5 })
  expect(new TextDecoder().decode(bytes)).toContain('0 behind the last one and 1 for unknown ones')
})

test('sequences: the tokens so far to logits, with a vector too', async () => {
  for (const withVector of [false, true]) {
    const { model } = sentences(withVector)
    const bytes = await exportOnnx(sentences(withVector))
    const tokens = Int32Array.of(0, 1, 3, 2, 0, 1)
    const vector = Float32Array.of(0.5, -0.2, 1, 0)
    const { logits } = await runOnnx(bytes, {
      tokens: { values: tokens, shape: [2, 3] },
      ...(withVector && { condition: { values: vector, shape: [2, 2] } }),
    })
    const rows = tf.tensor(tokens, [2, 3], 'int32')
    const expected = model.predict(withVector ? [rows, tf.tensor(vector, [2, 2])] : rows) as tf.Tensor
    expect(logits!.shape).toEqual([2, 3, 4])
    const known = await expected.data()
    for (const [i, value] of logits!.values.entries()) expect(value).toBeCloseTo(known[i]!, 4)
  }
})

/** A U-Net of two levels, as of pix2pix, for images of one side. */
function unet(side: number): Generator {
  const input = tf.input({ shape: [side, side, 1] })
  const apply = (layer: tf.layers.Layer, x: tf.SymbolicTensor | tf.SymbolicTensor[]) =>
    layer.apply(x) as tf.SymbolicTensor
  const seeded = (seed: number) => tf.initializers.randomNormal({ stddev: 0.3, seed })
  const down = (filters: number, seed: number, x: tf.SymbolicTensor) => {
    const options = {
      filters,
      kernelSize: 4,
      strides: 2,
      padding: 'same',
      kernelInitializer: seeded(seed),
    } as const
    return apply(tf.layers.leakyReLU({ alpha: 0.2 }), apply(tf.layers.conv2d(options), x))
  }
  const up = (filters: number, seed: number, x: tf.SymbolicTensor) =>
    apply(
      tf.layers.conv2dTranspose({
        filters,
        kernelSize: 4,
        strides: 2,
        padding: 'same',
        kernelInitializer: seeded(seed),
      }),
      x,
    )
  const first = down(4, 1, input)
  const second = down(6, 2, first)
  const back = apply(tf.layers.dropout({ rate: 0.5 }), apply(tf.layers.reLU(), up(4, 3, second)))
  const joined = apply(tf.layers.concatenate(), [back, first])
  const outputs = apply(tf.layers.activation({ activation: 'tanh' }), up(3, 4, joined))
  return {
    model: tf.model({ inputs: input, outputs }),
    condition: { kind: 'image', shape: [side, side, 1] },
    sampleShape: [side, side, 3],
  }
}

test('a convolutional network takes images of any size, as the same weights do at that size', async () => {
  const [small, large] = [unet(8), unet(20)]
  const bytes = await expectSame(small)
  const { ours, theirs } = drawInputs(large, 2)
  const expected = (await sample(large, ours)).samples
  const { samples } = await runOnnx(bytes, theirs)
  expect(samples!.shape).toEqual([2, 3, 20, 20])
  const got = reorder(samples!.values, [2, 20, 20, 3], 'last')
  for (const [i, value] of got.entries()) expect(Math.abs(value - expected[i]!)).toBeLessThan(1e-4)
})

test('a network that needs to know its size says which it takes', async () => {
  const input = tf.input({ shape: [4, 4, 1] })
  const flat = tf.layers.flatten().apply(input) as tf.SymbolicTensor
  const dense = tf.layers.dense({ units: 16 }).apply(flat) as tf.SymbolicTensor
  const outputs = tf.layers.reshape({ targetShape: [4, 4, 1] }).apply(dense) as tf.SymbolicTensor
  const generator: Generator = {
    model: tf.model({ inputs: input, outputs }),
    condition: { kind: 'image', shape: [4, 4, 1] },
    sampleShape: [4, 4, 1],
  }
  const bytes = await expectSame(generator)
  const larger = { values: new Float32Array(36), shape: [1, 1, 6, 6] }
  await expect(runOnnx(bytes, { condition: larger })).rejects.toThrow(/invalid dimensions/)
})

test('the file says what it is, and the same generator gives the same bytes', async () => {
  const options = { title: 'Faces', metadata: { app: 'faces', seed: '7' } }
  const generator = faces()
  const bytes = await exportOnnx(generator, options)
  expect(await exportOnnx(generator, options)).toEqual(bytes)
  const text = new TextDecoder('latin1').decode(bytes)
  for (const words of [
    'Faces',
    'sample_range',
    '-1,1',
    'NCHW',
    'hair-color (black, red, none), then glasses (none, round)',
    'standard deviation 1',
    '"version":2',
  ])
    expect(text).toContain(words)
})

class Doubling extends tf.layers.Layer {
  static readonly className = 'Doubling'
  override call(input: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.mul(Array.isArray(input) ? input[0]! : input, 2)
  }
}

test.each<[what: string, layer: () => tf.layers.Layer, message: string]>([
  [
    'a layer that nobody wrote',
    () => new Doubling({ name: 'twice' }),
    "layer 'twice' is of class Doubling, expected one that is written as ONNX (Activation, ReLU,",
  ],
  [
    'an activation that has no writer',
    () => tf.layers.dense({ units: 3, name: 'head', activation: 'mish' }),
    "layer 'head' of class Dense has the activation mish, expected one of linear, relu",
  ],
  [
    'another axis of batch norm',
    () => tf.layers.batchNormalization({ axis: 1, name: 'norm' }),
    "layer 'norm' of class BatchNormalization has axis 1, expected the last one for ONNX",
  ],
])('%s is named, with a way out', async (_, layer, message) => {
  const input = tf.input({ shape: [3, 4, 3] })
  const outputs = layer().apply(input) as tf.SymbolicTensor
  const generator: Generator = {
    model: tf.model({ inputs: input, outputs }),
    condition: { kind: 'image', shape: [3, 4, 3] },
    sampleShape: [3, 4, 3],
  }
  const error = await exportOnnx(generator).catch(thrown => thrown)
  expect(isGankitError(error)).toBe(true)
  expect(error.message).toContain(message)
  expect(error.message).toContain('as a TensorFlow.js model')
})

test('weights beyond 16 bits are refused', async () => {
  const generator = points()
  const [kernel] = generator.model.weights
  kernel!.write(tf.fill(kernel!.shape as number[], 1e6))
  await expect(exportOnnx(generator, { precision: 'float16' })).rejects.toThrow(GankitError)
})
