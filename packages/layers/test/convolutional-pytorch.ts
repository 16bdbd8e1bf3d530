import { expectClose } from '@gankit/testkit'
import * as tf from '@tensorflow/tfjs'
import { describe, expect, test } from 'vitest'
import {
  adaptiveInstanceNormalization,
  downBlock,
  instanceNormalization,
  minibatchStandardDeviation,
  pixelNormalization,
  pixelShuffle,
  reflectionPadding,
  selfAttention,
  spectralNormalization,
  upBlock,
} from '../src/index.ts'
import expected from './fixtures/convolutional.json' with { type: 'json' }
import { type Numbers, tensorOf } from './reference.ts'

type Named = Readonly<Record<string, Numbers>>

/** A case as `make_convolutional.py` writes it. */
interface Reference {
  readonly x: Numbers
  /** The second input of the layer, which gets no gradient here. */
  readonly style?: Numbers
  readonly weights: Named
  readonly state: Named
  readonly output: Numbers
  readonly cotangent: Numbers
  readonly dx: Numbers
  readonly gradients: Named
  readonly ddx: Numbers
  readonly secondGradients: Named
  readonly after: Named
  readonly steps?: readonly Numbers[]
  readonly inference?: Numbers
  readonly end?: Named
}

type Title = keyof typeof expected

const conv = { name: 'layer', filters: 4 } as const
const up = { name: 'block', filters: 4, kernel: 3 } as const

/** Stock tfjs has right gradients for all but the blocks: their activations and resizing need `patchGradients`. */
const layers: Readonly<Record<Title, () => tf.layers.Layer[]>> = {
  'pixelNormalization of images': () => [pixelNormalization()],
  'pixelNormalization of rows': () => [pixelNormalization()],
  'minibatchStandardDeviation of images': () => [minibatchStandardDeviation()],
  'minibatchStandardDeviation of 6 rows': () => [minibatchStandardDeviation({ groupSize: 4 })],
  'spectralNormalization of conv2d': () => [
    spectralNormalization(tf.layers.conv2d({ ...conv, kernelSize: 3, padding: 'same' })),
  ],
  'spectralNormalization of conv2dTranspose': () => [
    spectralNormalization(tf.layers.conv2dTranspose({ ...conv, kernelSize: 4, strides: 2, padding: 'same' })),
  ],
  'spectralNormalization of dense': () => [
    spectralNormalization(tf.layers.dense({ name: 'layer', units: 4 })),
  ],
  selfAttention: () => [selfAttention({ name: 'layer' })],
  'selfAttention with wider keys': () => [selfAttention({ name: 'layer', keyChannels: 3, valueChannels: 4 })],
  'selfAttention, spectral': () => [
    selfAttention({ name: 'layer', keyChannels: 2, normalization: 'spectral' }),
  ],
  'pixelShuffle by 2': () => [pixelShuffle()],
  'pixelShuffle by 3': () => [pixelShuffle({ factor: 3 })],
  'upBlock transposed, batch, relu': () => upBlock({ ...up, kind: 'transposed', kernel: 4 }),
  'upBlock transposed, none, tanh': () =>
    upBlock({
      ...up,
      kind: 'transposed',
      filters: 2,
      kernel: 4,
      normalization: 'none',
      activation: 'tanh',
    }),
  'upBlock resize, pixel, leaky-relu': () =>
    upBlock({ ...up, kind: 'resize', normalization: 'pixel', activation: 'leaky-relu' }),
  'upBlock resize, batch, relu': () => upBlock({ ...up, kind: 'resize', filters: 2 }),
  'upBlock pixel-shuffle, pixel, relu': () =>
    upBlock({ ...up, kind: 'pixel-shuffle', filters: 2, normalization: 'pixel' }),
  'downBlock batch': () => downBlock({ ...up, kernel: 4 }),
  instanceNormalization: () => [instanceNormalization({ name: 'layer' })],
  'instanceNormalization without γ and β': () => [
    instanceNormalization({ name: 'layer', center: false, scale: false }),
  ],
  adaptiveInstanceNormalization: () => [adaptiveInstanceNormalization({ name: 'layer' })],
  'reflectionPadding of 1': () => [reflectionPadding({ padding: 1 })],
  'reflectionPadding of [2, 0, 3, 1]': () => [reflectionPadding({ padding: [2, 0, 3, 1] })],
  'downBlock none': () => downBlock({ ...up, kernel: 4, normalization: 'none' }),
}

function ready(title: Title, { x, style, weights, state }: Reference) {
  const chain = layers[title]()
  const input = tensorOf(x)
  const second = style ? [tensorOf(style)] : []
  const run = (x: tf.Tensor, how: object) =>
    chain.reduce<tf.Tensor>((of, layer) => layer.apply(style ? [of, ...second] : of, how) as tf.Tensor, x)
  tf.tidy(() => void run(input, { training: false }))
  const variables = new Map(
    chain.flatMap(layer => layer.weights).map(weight => [weight.originalName, weight.read() as tf.Variable]),
  )
  expect([...variables.keys()].sort()).toEqual(Object.keys({ ...weights, ...state }).sort())
  for (const [name, value] of Object.entries({ ...weights, ...state }))
    variables.get(name)!.assign(tensorOf(value))
  return { input, variables, run }
}

async function expectEach(got: (name: string) => tf.Tensor, expected: Named): Promise<void> {
  for (const [name, { shape, values }] of Object.entries(expected)) {
    expect(got(name).shape).toEqual(shape)
    await expectClose(got(name), values, 1e-5, 1e-5)
  }
}

/** Tests of every case, or of those that a stock backend has the gradients for. */
export function testAgainstPyTorch({ blocks }: { readonly blocks: boolean }): void {
  for (const [key, reference] of Object.entries(expected as unknown as Record<string, Reference>)) {
    const title = key as Title
    if (!blocks && title.includes('Block')) continue
    const train = { training: true }
    const cotangent = tensorOf(reference.cotangent)

    describe(`${title} equals PyTorch`, () => {
      test('in its output and in what it keeps', async () => {
        const { input, variables, run } = ready(title, reference)
        const output = run(input, train)
        expect(output.shape).toEqual(reference.output.shape)
        await expectClose(output, reference.output.values, 1e-5)
        await expectEach(name => variables.get(name)!, reference.after)
      })

      test('in its gradients', async () => {
        const { input, variables, run } = ready(title, reference)
        const still = { ...train, moveStatistics: false }
        run(input, train) // to the vectors of the pass that PyTorch differentiates
        const f = (x: tf.Tensor) => run(x, still).mul(cotangent).sum() as tf.Scalar
        const trained = Object.keys(reference.weights).map(name => variables.get(name)!)
        const gradients = (of: () => tf.Scalar) => {
          if (trained.length === 0) return () => tf.scalar(0)
          const { grads } = tf.variableGrads(of, trained)
          // Some weights, as a shift, are not on the way to a second gradient.
          return (name: string) => grads[variables.get(name)!.name] ?? tf.zerosLike(variables.get(name)!)
        }
        await expectClose(tf.grad(f)(input), reference.dx.values, 1e-5, 1e-5)
        await expectEach(
          gradients(() => f(input)),
          reference.gradients,
        )
        const slope = (x: tf.Tensor) => tf.grad(f)(x).square().sum() as tf.Scalar
        if (Object.values(reference.ddx.values).every(value => value === 0)) return
        await expectClose(tf.grad(slope)(input), reference.ddx.values, 1e-5, 1e-5)
        await expectEach(
          gradients(() => slope(input)),
          reference.secondGradients,
        )
      })

      test('and leaves no tensor behind', () => {
        const { input, variables, run } = ready(title, reference)
        const before = tf.memory().numTensors
        const trained = Object.keys(reference.weights).map(name => variables.get(name)!)
        const loss = () => run(input, train).mul(cotangent).sum() as tf.Scalar
        for (let i = 0; i < 3; i++)
          tf.tidy(() => {
            run(input, train)
            run(input, {})
            if (trained.length > 0) tf.variableGrads(loss, trained)
          })
        expect(tf.memory().numTensors).toBe(before)
      })
    })
  }
}
