import { type Generator, normalPrior, randomStream, sizeOfShape } from '@gankit/core'
import {
  pixelNormalization,
  pixelShuffle,
  radialBasis,
  selfAttention,
  spectralNormalization,
} from '@gankit/layers'
import * as tf from '@tensorflow/tfjs'
import { expect, test } from 'vitest'
import { layerWriters } from '../../src/onnx/layers/table.ts'
import { expectSame } from './run-onnx.ts'

type Make = (x: tf.SymbolicTensor) => tf.SymbolicTensor
const apply = (layer: tf.layers.Layer, of: tf.SymbolicTensor | tf.SymbolicTensor[]) =>
  layer.apply(of) as tf.SymbolicTensor

/** Seeded weights, none of which is at its start; variances are above 0. */
function seedWeights(model: tf.LayersModel): void {
  const random = randomStream(6, 'test/onnx/weights')
  for (const weight of model.weights) {
    const shape = weight.shape as number[]
    const numbers = random.normal(sizeOfShape(shape), 0, 0.5)
    const positive = weight.originalName.endsWith('variance')
    const tensor = tf.tensor(positive ? numbers.map(x => x * x + 0.1) : numbers, shape)
    weight.write(tensor)
    tensor.dispose()
  }
}

/** A generator of images from images, or of rows from noise; a sequence is made of a row. */
function generatorOf(shape: number[], make: Make, { keepsWeights = false } = {}): Generator {
  const input = tf.input({ shape: shape.length === 2 ? [sizeOfShape(shape)] : shape })
  const made =
    shape.length === 2 ? apply(tf.layers.reshape({ targetShape: shape as [number, number] }), input) : input
  const model = tf.model({ inputs: input, outputs: make(made) })
  if (!keepsWeights) seedWeights(model)
  const sampleShape = model.outputs[0]!.shape.slice(1) as number[]
  return shape.length === 3
    ? { model, condition: { kind: 'image', shape: shape as [number, number, number] }, sampleShape }
    : { model, noise: { size: sizeOfShape(shape), prior: normalPrior() }, sampleShape }
}

/** Layers that image-to-image networks have, by what they compute: a class of this name with these weights and settings. */
function standIn(
  className: string,
  { config, weights = {} }: { config: object; weights?: Record<string, number[]> },
  compute: (inputs: tf.Tensor[], weights: Record<string, tf.Tensor>) => tf.Tensor,
): tf.layers.Layer {
  class StandIn extends tf.layers.Layer {
    static readonly className = className
    private readonly own: Record<string, tf.LayerVariable> = {}
    override build(): void {
      for (const [name, shape] of Object.entries(weights))
        this.own[name] = this.addWeight(name, shape, 'float32', tf.initializers.zeros())
      this.built = true
    }
    override computeOutputShape(shape: tf.Shape | tf.Shape[]): tf.Shape {
      const [first] = Array.isArray(shape[0]) ? (shape as tf.Shape[]) : [shape as tf.Shape]
      if (!('padding' in config)) return first!
      const [top, bottom, left, right] = config.padding as number[]
      return [null, first![1]! + top! + bottom!, first![2]! + left! + right!, first![3]!]
    }
    override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
      const read = Object.entries(this.own).map(([name, weight]) => [name, weight.read()])
      return tf.tidy(() => compute(Array.isArray(inputs) ? inputs : [inputs], Object.fromEntries(read)))
    }
    override getConfig(): tf.serialization.ConfigDict {
      return { ...super.getConfig(), ...config }
    }
  }
  return new StandIn({ name: 'stand_in' })
}

/** (x − mean) / √(variance + ε) of each image and channel. */
function normalizeInstances(x: tf.Tensor, epsilon: number): tf.Tensor {
  const { mean, variance } = tf.moments(x, [1, 2], true)
  return x.sub(mean).div(variance.add(epsilon).sqrt())
}

const instanceNorm = () =>
  standIn(
    '@gankit/layers>InstanceNormalization',
    { config: { epsilon: 1e-3, center: true, scale: true }, weights: { gamma: [3], beta: [3] } },
    ([x], { gamma, beta }) => normalizeInstances(x!, 1e-3).mul(gamma!).add(beta!),
  )
const adaptiveNorm = () =>
  standIn(
    '@gankit/layers>AdaptiveInstanceNormalization',
    { config: { epsilon: 1e-5 }, weights: { kernel: [3, 6], bias: [6] } },
    ([x, style], { kernel, bias }) => {
      const learned = tf.matMul(style!, kernel!).add(bias!).reshape([-1, 1, 1, 6])
      const [gamma, beta] = tf.split(learned, 2, 3) as [tf.Tensor, tf.Tensor]
      return normalizeInstances(x!, 1e-5).mul(gamma.add(1)).add(beta)
    },
  )
const reflection = (padding: number[]) =>
  standIn('@gankit/layers>ReflectionPadding', { config: { padding } }, ([x]) =>
    tf.mirrorPad(
      x!,
      [
        [0, 0],
        [padding[0]!, padding[1]!],
        [padding[2]!, padding[3]!],
        [0, 0],
      ],
      'reflect',
    ),
  )

const image = [6, 5, 3]
const row = [7]
const sequence = [9, 3]
const layer =
  (made: () => tf.layers.Layer): Make =>
  x =>
    apply(made(), x)
const conv = (options: Partial<Parameters<typeof tf.layers.conv2d>[0]>) =>
  layer(() => tf.layers.conv2d({ filters: 4, kernelSize: 3, ...options }))
const deconv = (options: Partial<Parameters<typeof tf.layers.conv2dTranspose>[0]>) =>
  layer(() => tf.layers.conv2dTranspose({ filters: 2, kernelSize: 4, ...options }))
const activation = (name: string) => layer(() => tf.layers.dense({ units: 5, activation: name as 'relu' }))

const cases: readonly [what: string, shape: number[], make: Make, options?: { keepsWeights: boolean }][] = [
  ['dense', row, layer(() => tf.layers.dense({ units: 4 }))],
  ['dense without a bias', row, layer(() => tf.layers.dense({ units: 4, useBias: false }))],
  ['dense on images', image, layer(() => tf.layers.dense({ units: 4 }))],
  ...[
    'relu',
    'relu6',
    'tanh',
    'sigmoid',
    'softmax',
    'softplus',
    'softsign',
    'elu',
    'selu',
    'hardSigmoid',
    'swish',
  ].map(name => [`activation ${name}`, row, activation(name)] as [string, number[], Make]),
  ['softmax of channels', image, conv({ activation: 'softmax' })],
  ['conv same', image, conv({ padding: 'same' })],
  ['conv valid', image, conv({ padding: 'valid' })],
  ['conv same, stride 2', image, conv({ padding: 'same', strides: 2 })],
  ['conv same, even kernel, stride 2', image, conv({ padding: 'same', strides: 2, kernelSize: 4 })],
  ['conv same, even kernel', image, conv({ padding: 'same', kernelSize: 2 })],
  ['conv of two strides', image, conv({ padding: 'same', strides: [3, 2], kernelSize: [5, 2] })],
  ['conv of a stride above its kernel', image, conv({ padding: 'same', strides: 2, kernelSize: 1 })],
  ...(
    [
      ['', { padding: 'same' }],
      [' of an even kernel', { padding: 'same', kernelSize: 4 }],
      [' valid, stride 2', { padding: 'valid', strides: 2, activation: 'relu' }],
      [' same, stride 2', { padding: 'same', strides: 2, kernelSize: 2 }],
      [' dilated', { padding: 'same', dilationRate: 2, useBias: false }],
    ] as const
  ).map(([what, options]): (typeof cases)[number] => [
    `conv of a sequence${what}`,
    sequence,
    layer(() => tf.layers.conv1d({ filters: 4, kernelSize: 3, ...options })),
  ]),
  ['greatest of a sequence', sequence, layer(() => tf.layers.globalMaxPooling1d({}))],
  ['mean of a sequence', sequence, layer(() => tf.layers.globalAveragePooling1d({}))],
  ['layer norm of rows', row, layer(() => tf.layers.layerNormalization())],
  [
    'layer norm of a sequence, without γ and β',
    sequence,
    layer(() => tf.layers.layerNormalization({ scale: false, center: false, epsilon: 0.01 })),
  ],
  ['conv dilated', image, conv({ padding: 'same', dilationRate: 2 })],
  ['conv valid, stride 2', image, conv({ padding: 'valid', strides: 2, useBias: false })],
  ['transposed same, stride 2', image, deconv({ padding: 'same', strides: 2 })],
  ['transposed same, odd kernel', image, deconv({ padding: 'same', strides: 2, kernelSize: 3 })],
  ['transposed same, kernel 5', image, deconv({ padding: 'same', strides: 2, kernelSize: 5 })],
  ['transposed same, stride 1', image, deconv({ padding: 'same', strides: 1 })],
  ['transposed same, stride above its kernel', image, deconv({ padding: 'same', strides: 3, kernelSize: 2 })],
  ['transposed valid', image, deconv({ padding: 'valid', strides: 2 })],
  [
    'transposed valid, stride above its kernel',
    image,
    deconv({ padding: 'valid', strides: 3, kernelSize: 2 }),
  ],
  ['transposed of two strides', image, deconv({ padding: 'same', strides: [1, 2], kernelSize: [3, 4] })],
  ['nearest', image, layer(() => tf.layers.upSampling2d({ size: [2, 3] }))],
  ['bilinear', image, layer(() => tf.layers.upSampling2d({ size: [2, 3], interpolation: 'bilinear' }))],
  ['batch norm of rows', row, layer(() => tf.layers.batchNormalization())],
  ['batch norm of images', image, layer(() => tf.layers.batchNormalization({ epsilon: 0.01 }))],
  [
    'batch norm without γ and β',
    image,
    layer(() => tf.layers.batchNormalization({ scale: false, center: false })),
  ],
  ['instance norm', image, layer(instanceNorm)],
  [
    'adaptive instance norm',
    image,
    x => apply(adaptiveNorm(), [x, apply(tf.layers.globalAveragePooling2d({}), x)]),
  ],
  ['reflection padding', image, layer(() => reflection([2, 0, 1, 4]))],
  ['pixel norm', image, layer(() => pixelNormalization())],
  ['pixel norm of rows', row, layer(() => pixelNormalization())],
  ['pixel shuffle', [3, 2, 8], layer(() => pixelShuffle())],
  ['self-attention', image, layer(() => selfAttention({ keyChannels: 2, valueChannels: 2 }))],
  [
    'self-attention, spectral',
    image,
    x => apply(tf.layers.dense({ units: 3 }), apply(selfAttention({ normalization: 'spectral' }), x)),
    { keepsWeights: true },
  ],
  [
    'spectral norm of a convolution',
    image,
    layer(() => spectralNormalization(tf.layers.conv2d({ filters: 2, kernelSize: 3, padding: 'same' }))),
    { keepsWeights: true },
  ],
  [
    'spectral norm of a transposed one',
    image,
    layer(() =>
      spectralNormalization(
        tf.layers.conv2dTranspose({
          filters: 2,
          kernelSize: 4,
          strides: 2,
          padding: 'same',
          activation: 'tanh',
        }),
      ),
    ),
    { keepsWeights: true },
  ],
  ['radial basis', row, layer(() => radialBasis({ units: 6, beta: 0.1 }))],
  ['relu up to 0.5', image, layer(() => tf.layers.reLU({ maxValue: 0.5 }))],
  ['leaky relu', row, layer(() => tf.layers.leakyReLU({ alpha: 0.2 }))],
  ['elu', row, layer(() => tf.layers.elu())],
  ['softmax layer', image, layer(() => tf.layers.softmax({ axis: -1 }))],
  ['prelu of rows', row, layer(() => tf.layers.prelu())],
  ['prelu of each place', image, layer(() => tf.layers.prelu())],
  ['prelu of each channel', image, layer(() => tf.layers.prelu({ sharedAxes: [1, 2] }))],
  ['activation layer', image, layer(() => tf.layers.activation({ activation: 'tanh' }))],
  ['reshape to images', [12], layer(() => tf.layers.reshape({ targetShape: [2, 3, 2] }))],
  ['reshape of images', image, layer(() => tf.layers.reshape({ targetShape: [5, 9, 2] }))],
  ['reshape of images to rows', image, layer(() => tf.layers.reshape({ targetShape: [15, 6] }))],
  ['flatten', image, layer(() => tf.layers.flatten())],
  [
    'cropping',
    image,
    layer(() =>
      tf.layers.cropping2D({
        cropping: [
          [1, 0],
          [0, 2],
        ],
      }),
    ),
  ],
  [
    'zero padding',
    image,
    layer(() =>
      tf.layers.zeroPadding2d({
        padding: [
          [1, 0],
          [3, 2],
        ],
      }),
    ),
  ],
  ['dropout', image, x => apply(tf.layers.dropout({ rate: 0.5 }), conv({})(x))],
  ['mean of places', image, layer(() => tf.layers.globalAveragePooling2d({}))],
  ['greatest of places', image, layer(() => tf.layers.globalMaxPooling2d({}))],
  ['rescaling', image, layer(() => tf.layers.rescaling({ scale: 2, offset: -0.5 }))],
  ['concatenate', image, x => apply(tf.layers.concatenate(), [x, conv({ padding: 'same' })(x), x])],
  ['concatenate lines', image, x => apply(tf.layers.concatenate({ axis: 1 }), [x, x])],
  ['add three', image, x => apply(tf.layers.add(), [x, x, conv({ padding: 'same', filters: 3 })(x)])],
  [
    'channels scaled by what is made of them',
    image,
    x => {
      const mean = apply(tf.layers.globalAveragePooling2d({}), x)
      const weights = apply(tf.layers.dense({ units: 3, activation: 'sigmoid' }), mean)
      const scale = apply(tf.layers.reshape({ targetShape: [1, 1, 3] }), weights)
      return apply(tf.layers.multiply(), [x, scale])
    },
  ],
  ['maximum', image, x => apply(tf.layers.maximum(), [x, conv({ padding: 'same', filters: 3 })(x)])],
  ['minimum', row, x => apply(tf.layers.minimum(), [x, apply(tf.layers.dense({ units: 7 }), x)])],
  [
    'a network inside, used twice',
    row,
    x => {
      const inner = tf.sequential({
        layers: [tf.layers.dense({ units: 7, activation: 'tanh', inputShape: row })],
      })
      return apply(inner, apply(inner, x))
    },
  ],
]

test.each(cases)('%s', async (_, shape, make, options) => {
  await expectSame(generatorOf(shape, make, options))
})

test('every layer of the table is among the cases', () => {
  const used = new Set<string>()
  const list = (model: tf.LayersModel): void => {
    for (const each of model.layers) used.add(each.getClassName())
  }
  for (const [, shape, make, options] of cases) list(generatorOf(shape, make, options).model)
  const elsewhere = ['Embedding', 'GaussianNoise', 'GaussianDropout', 'ActivityRegularization']
  expect([...elsewhere, ...used].sort()).toEqual(expect.arrayContaining(Object.keys(layerWriters).sort()))
})
