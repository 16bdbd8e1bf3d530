import {
  type Batch,
  type CategoricalCondition,
  type Condition,
  encodeCategories,
  forward,
  type Gan,
  randomStream,
} from '@gankit/core'
import { createObjective, type ObjectiveSettings } from '@gankit/losses'
import { selectBackend } from '@gankit/runtime/node'
import { expectClose, savedModel } from '@gankit/testkit'
import { adam, createGanTrainer, hashWeights } from '@gankit/trainer'
import * as tf from '@tensorflow/tfjs'
import { beforeAll, expect, test } from 'vitest'
import { createDcgan, type DcganOptions } from '../src/index.ts'

beforeAll(() => selectBackend({ backend: 'wasm' }))

const condition: CategoricalCondition = {
  kind: 'categories',
  attributes: [
    { name: 'hair', values: ['black', 'red', 'none'] },
    { name: 'glasses', values: ['no', 'yes'] },
  ],
}
const make = (options: DcganOptions = {}) =>
  createDcgan({ imageShape: [16, 16, 3], base: 4, latent: { size: 6 }, condition, seed: 1, ...options })
const noise = (count = 1) => tf.tensor2d(randomStream(2, 'noise').normal(6 * count), [count, 6])
const encode = (...codes: number[]) =>
  tf.tensor2d(encodeCategories(condition.attributes, codes), [codes.length / 2, 5])
const images = (count: number) =>
  tf.tensor4d(randomStream(3, 'images').uniform(count * 768, -1, 1), [count, 16, 16, 3])
const networks = ({ generator, discriminator }: Gan) => ({ generator, discriminator })
const upTo = (model: tf.LayersModel, name: string) =>
  tf.model({ inputs: model.inputs, outputs: model.getLayer(name).output })

test('G(z, c) and D(x, c) take the condition as their second input', async () => {
  const gan = make()
  expect(gan.condition).toEqual(condition)
  expect(gan.generator.inputNames).toEqual(['generator_input', 'condition'])
  expect(gan.discriminator.inputNames).toEqual(['discriminator_input', 'condition'])
  const draw = (...codes: number[]) => forward(gan.generator, [noise(), encode(...codes)]).data()
  expect(await draw(0, 1)).toEqual(await draw(0, 1))
  expect(await draw(0, 1)).not.toEqual(await draw(1, 1))
  expect(await draw(0, 1)).not.toEqual(await draw(0, 0))
  expect(forward(gan.discriminator, [images(3), encode(0, 1, 2, 0, 1, 1)]).shape).toEqual([3, 1])
})

test('both are made of stock layers, so that plain tfjs opens them', async () => {
  const { generator, discriminator } = make()
  const reopen = async (model: tf.LayersModel) =>
    tf.loadLayersModel(tf.io.fromMemory(await savedModel(model)))
  for (const [model, inputs] of [
    [generator, [noise(4), encode(0, 1, 1, 1, 2, 0, 0, 0)]],
    [discriminator, [images(2), encode(0, 1, 2, 0)]],
  ] as const) {
    expect(model.layers.filter(layer => layer.getClassName().includes('>'))).toEqual([])
    const reopened = await reopen(model)
    await expectClose(forward(reopened, inputs), forward(model, inputs), 1e-6)
  }
})

/** h·γ(c) + β(c), by hand. */
test('behind a batch norm each channel is scaled and shifted as the condition says', async () => {
  const { generator } = make()
  const inputs = [noise(), encode(2, 1)]
  const [norm, shifted] = ['up_1_norm', 'up_1_norm_conditional_shift'].map(name =>
    forward(upTo(generator, name), inputs),
  )
  const weights = (name: string) => generator.getLayer(`up_1_norm_conditional_${name}`).getWeights()
  const [kernel, bias] = weights('gamma') as [tf.Tensor2D, tf.Tensor]
  const [beta] = weights('beta') as [tf.Tensor2D]
  const c = encode(2, 1)
  const expected = tf.add(tf.mul(norm!, tf.add(tf.matMul(c, kernel), bias)), tf.matMul(c, beta))
  await expectClose(shifted!, expected, 1e-5)
  // At the start nothing is scaled by much.
  expect(await bias.data()).toEqual(new Float32Array(bias.size).fill(1))
})

test.each(['none', 'spectral'] as const)(
  'D(x, c) is cᵀ·V·φ(x) + ψ(φ(x)), discriminator normalization %s',
  async discriminatorNormalization => {
    const { discriminator } = make({ normalization: { discriminator: discriminatorNormalization } })
    const [x, c] = [images(3), encode(0, 1, 2, 0, 1, 1)]
    const of = (name: string) => forward(upTo(discriminator, name), [x, c])
    const [features, psi] = [of('flatten'), of('logit')]
    // A spectrally normalized kernel is divided by its largest singular value, of which u and v are an estimate.
    const [kernel, u, v] = discriminator.getLayer('condition_projection').getWeights() as [
      tf.Tensor2D,
      ...tf.Tensor[],
    ]
    const sigma = u && v ? tf.sum(tf.mul(tf.matMul(v.reshape([1, -1]), kernel), u)) : tf.scalar(1)
    const scores = tf.matMul(features as tf.Tensor2D, kernel).div(sigma)
    await expectClose(of('conditional_logit'), tf.add(psi, tf.sum(tf.mul(scores, c), 1, true)), 1e-5)
    expect(psi.shape).toEqual([3, 1])
  },
)

test('a vector conditions as categories do; images and tokens are refused', () => {
  const { generator, discriminator } = make({ condition: { kind: 'vector', size: 3 } })
  const vector = tf.tensor2d(randomStream(4, 'vector').normal(6), [2, 3])
  expect(forward(discriminator, [forward(generator, [noise(2), vector]), vector]).shape).toEqual([2, 1])
  const others: Condition[] = [
    { kind: 'image', shape: [16, 16, 3] },
    { kind: 'tokens', length: 4, vocabulary: 10 },
  ]
  for (const other of others)
    expect(() => make({ condition: other })).toThrow(
      `[gankit/dcgan] condition.kind is '${other.kind}', expected 'categories' or 'vector'`,
    )
})

const settings: ObjectiveSettings[] = [
  { name: 'hinge' },
  {
    name: 'non-saturating',
    penalties: [{ name: 'r1', gamma: 1 }],
    terms: [{ name: 'features' }, { name: 'l1' }],
  },
]
test.each(settings)(
  'it trains with $name, leaves no tensor, and every conditional weight learns',
  async objective => {
    const gan = make({ normalization: { discriminator: 'none' } })
    const rate = () => adam({ learningRate: 1e-3 })
    const trainer = createGanTrainer({
      gan,
      objective: createObjective(objective),
      optimizers: { generator: rate(), discriminator: rate() },
    })
    const batches = {
      position: () => ({ epoch: 0, batch: 0 }),
      next: async () => ({
        done: false as const,
        value: { samples: images(4), attributes: Uint8Array.of(0, 1, 1, 0, 2, 1, 0, 0) } satisfies Batch,
      }),
      [Symbol.asyncIterator]: () => batches,
    }
    const layers = [
      gan.generator.getLayer('start_norm_conditional_beta'),
      gan.generator.getLayer('up_1_norm_conditional_gamma'),
      gan.discriminator.getLayer('condition_projection'),
    ]
    const read = () => Promise.all(layers.map(layer => layer.getWeights()[0]!.data()))
    const before = await read()
    await trainer.fit(batches, { steps: 2 })
    const { numTensors } = tf.memory()
    await trainer.fit(batches, { steps: 4 })
    expect(tf.memory().numTensors).toBe(numTensors)
    for (const [i, after] of (await read()).entries())
      after.forEach((value, at) => void expect(value).not.toBe(before[i]![at]))
  },
)

test('the same options give the same weights', async () => {
  expect(await hashWeights(networks(make()))).toBe(await hashWeights(networks(make())))
  expect(await hashWeights(networks(make({ seed: 2 })))).not.toBe(await hashWeights(networks(make())))
})
