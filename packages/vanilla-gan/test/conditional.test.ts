import { encodeCategories, forward, randomStream, trainableWeights } from '@gankit/core'
import { expectClose, savedModel } from '@gankit/testkit'
import * as tf from '@tensorflow/tfjs'
import { expect, test } from 'vitest'
import { createVanillaGan, type VanillaGanOptions } from '../src/index.ts'

const attributes = [{ name: 'class', values: ['a', 'b', 'c'] }]
const make = (options: VanillaGanOptions = {}) =>
  createVanillaGan({
    sampleShape: [2],
    latent: { size: 4 },
    generator: { kind: 'mlp', hidden: [6, 5] },
    discriminator: { hidden: [7] },
    condition: { kind: 'categories', attributes },
    ...options,
  })
const noise = tf.tensor2d(randomStream(1, 'noise').normal(8), [2, 4])
const classes = (...codes: number[]) => tf.tensor2d(encodeCategories(attributes, codes), [codes.length, 3])
const points = tf.tensor2d([0.5, -0.25, 1, 0], [2, 2])
const layer = (model: tf.LayersModel, name: string) =>
  tf.model({ inputs: model.inputs, outputs: model.getLayer(name).output })

test.each([
  ['an MLP', {}],
  ['an RBF generator', { generator: { kind: 'rbf', units: 5 } }],
] satisfies [string, VanillaGanOptions][])('%s gets the condition behind the noise', async (_, options) => {
  const { generator } = make(options)
  expect(generator.inputNames).toEqual(['generator_input', 'condition'])
  const both = forward(layer(generator, 'noise_and_condition'), [noise, classes(2, 0)])
  await expectClose(both, tf.concat([noise, classes(2, 0)], 1), 0)
  const draw = (...codes: number[]) => forward(generator, [noise, classes(...codes)]).data()
  expect(await draw(0, 1)).toEqual(await draw(0, 1))
  expect(await draw(0, 1)).not.toEqual(await draw(2, 1))
})

test.each([
  ['sigmoid', 'dense_output'],
  ['softmax', 'logit'],
] as const)('with the head %s D(x, c) is cᵀ·V·φ(x) + ψ(φ(x))', async (head, psi) => {
  const { discriminator } = make({ discriminator: { hidden: [7], head } })
  const inputs = [points, classes(1, 2)]
  const features = forward(layer(discriminator, 'leaky_relu_1'), inputs) as tf.Tensor2D
  const embedding = trainableWeights(discriminator).get(
    'condition_projection/kernel',
  ) as unknown as tf.Tensor2D
  const score = tf.matMul(features, embedding).mul(inputs[1]!).sum(1, true)
  await expectClose(
    forward(discriminator, inputs),
    forward(layer(discriminator, psi), inputs).add(score),
    1e-6,
  )
})

test('plain tfjs opens both, and every weight learns', async () => {
  const { generator, discriminator } = make()
  const reopen = async (model: tf.LayersModel) =>
    tf.loadLayersModel(tf.io.fromMemory(await savedModel(model)))
  const c = classes(0, 2)
  const fake = forward(generator, [noise, c])
  await expectClose(forward(await reopen(generator), [noise, c]), fake, 1e-6)
  await expectClose(forward(await reopen(discriminator), [fake, c]), forward(discriminator, [fake, c]), 1e-6)
  for (const model of [generator, discriminator]) {
    const weights = [...trainableWeights(model).values()]
    const loss = () => forward(discriminator, [forward(generator, [noise, c], { training: true }), c]).mean()
    const { grads } = tf.variableGrads(loss as () => tf.Scalar, weights)
    for (const weight of weights) expect(grads[weight.name], weight.name).toBeDefined()
  }
})

test('a vector conditions as categories do; images and tokens are refused', () => {
  const { generator, discriminator, condition } = make({ condition: { kind: 'vector', size: 3 } })
  expect(condition).toEqual({ kind: 'vector', size: 3 })
  const vector = tf.tensor2d(randomStream(2, 'vector').normal(6), [2, 3])
  expect(forward(discriminator, [forward(generator, [noise, vector]), vector]).shape).toEqual([2, 1])
  expect(() => make({ condition: { kind: 'tokens', length: 4, vocabulary: 10 } })).toThrow(
    "[gankit/vanilla-gan] condition.kind is 'tokens', expected 'categories' or 'vector'",
  )
  expect(() => make({ condition: { kind: 'image', shape: [2, 2, 1] } })).toThrow("condition.kind is 'image'")
})
