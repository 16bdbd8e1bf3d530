import { forward, randomStream, trainableWeights } from '@gankit/core'
import { expectClose, savedModel } from '@gankit/testkit'
import * as tf from '@tensorflow/tfjs'
import { expect, test } from 'vitest'
// By path: the runtime's own tests use these layers, so that a dependency on it would close a circle.
import { selectBackend } from '../../runtime/src/node.ts'
import {
  downBlock,
  gaussianNoise,
  minibatchStandardDeviation,
  selfAttention,
  spectralNormalization,
  upBlock,
} from '../src/index.ts'

await selectBackend({ backend: 'wasm' })

const generator = () =>
  tf.sequential({
    layers: [
      tf.layers.dense({ name: 'project', units: 2 * 2 * 16, inputShape: [8] }),
      tf.layers.reshape({ name: 'image', targetShape: [2, 2, 16] }),
      ...upBlock({ name: 'up_1', kind: 'transposed', filters: 16, kernel: 4 }),
      selfAttention({ name: 'attention', normalization: 'spectral' }),
      ...upBlock({ name: 'up_2', kind: 'resize', filters: 8, kernel: 3, normalization: 'pixel' }),
      ...upBlock({
        name: 'up_3',
        kind: 'pixel-shuffle',
        filters: 3,
        kernel: 3,
        normalization: 'none',
        activation: 'tanh',
      }),
    ],
  })

const discriminator = () =>
  tf.sequential({
    layers: [
      gaussianNoise({ name: 'noise', std: 0.1, inputShape: [16, 16, 3] }),
      ...downBlock({ name: 'down_1', filters: 8, kernel: 4, normalization: 'none' }),
      ...downBlock({ name: 'down_2', filters: 16, kernel: 4, normalization: 'spectral' }),
      selfAttention({ name: 'attention', normalization: 'spectral' }),
      ...downBlock({ name: 'down_3', filters: 16, kernel: 4, normalization: 'batch' }),
      minibatchStandardDeviation({ name: 'spread' }),
      tf.layers.flatten({ name: 'flatten' }),
      spectralNormalization(tf.layers.dense({ name: 'logit', units: 1 })),
    ],
  })

const random = (purpose: string) => randomStream(1, purpose, 3)
const latents = tf.tensor(randomStream(1, 'latents').normal(6 * 8), [6, 8])
const bits = (model: tf.LayersModel) =>
  Promise.all(model.getWeights().map(async w => Array.from(await w.data())))

test('D learns by a gradient penalty through all layers, G learns through D and moves nothing of it', async () => {
  const [g, d] = [generator(), discriminator()]
  const real = tf.tensor(randomStream(1, 'real').normal(6 * 16 * 16 * 3), [6, 16, 16, 3])
  const judge = (x: tf.Tensor, moveStatistics: boolean) =>
    forward(d, x, { training: true, moveStatistics, random })
  const wanted = (model: tf.LayersModel) => [...trainableWeights(model).values()]
  // At its first γ, zero, attention gives its kernels no gradient.
  for (const model of [g, d])
    trainableWeights(model)
      .get('attention/gamma')!
      .assign(tf.tensor1d([0.5]))
  const before = tf.memory().numTensors
  const learnToTell = () =>
    tf.tidy(() => {
      const { grads } = tf.variableGrads(() => {
        const slope = tf.grad(x => judge(x, false).sum())(real)
        return judge(real, true).softplus().mean().add(slope.square().sum().mul(0.1)) as tf.Scalar
      }, wanted(d))
      for (const weight of wanted(d)) weight.assign(weight.sub(grads[weight.name]!.mul(0.01)))
    })
  const start = await bits(d)
  learnToTell()
  const learnt = await bits(d)
  for (const [index, { originalName }] of d.weights.entries()) {
    expect(learnt[index]!.every(Number.isFinite), originalName).toBe(true)
    // A kernel of one output is its own singular vector from the start.
    if (!/^logit\/[uv]$/.test(originalName)) expect(learnt[index], originalName).not.toEqual(start[index])
  }
  const learnToFool = () =>
    tf.tidy(() => {
      const { grads } = tf.variableGrads(() => {
        const fakes = forward(g, latents, { training: true, random })
        return judge(fakes, false).neg().softplus().mean() as tf.Scalar
      }, wanted(g))
      for (const weight of wanted(g)) weight.assign(weight.sub(grads[weight.name]!.mul(0.01)))
    })
  const drawn = await bits(g)
  learnToFool()
  expect(await bits(d)).toEqual(learnt)
  const moved = await bits(g)
  for (const [index, { originalName }] of g.weights.entries()) {
    expect(moved[index]!.every(Number.isFinite), originalName).toBe(true)
    expect(moved[index], originalName).not.toEqual(drawn[index])
  }
  expect(tf.memory().numTensors).toBe(before)
})

test.each([
  ['generator', generator, [8]],
  ['discriminator', discriminator, [16, 16, 3]],
] as const)('a %s of all layers is saved, opened and goes on the same', async (_, build, shape) => {
  const model = build()
  const x = tf.randomNormal([4, ...shape], 0, 1, 'float32', 2)
  forward(model, x, { training: true, random })
  const again = await tf.loadLayersModel(tf.io.fromMemory(await savedModel(model)))
  expect(again.weights.map(weight => weight.originalName)).toEqual(
    model.weights.map(weight => weight.originalName),
  )
  await expectClose(forward(again, x), forward(model, x), 1e-6)
  expect(forward(again, x).shape).toEqual(forward(model, x).shape)
})
