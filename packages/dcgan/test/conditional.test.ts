import { askedFor, forward, normalPrior, randomStream } from '@gankit/core'
import { hinge } from '@gankit/losses'
import { selectBackend } from '@gankit/runtime/node'
import { adam, createTrainer, hashWeights } from '@gankit/trainer'
import * as tf from '@tensorflow/tfjs'
import { beforeAll, expect, test } from 'vitest'
import { createDcgan } from '../src/index.ts'

beforeAll(() => selectBackend({ backend: 'wasm' }))

const conditions = [
  { name: 'hair', values: ['black', 'red', 'none'] },
  { name: 'glasses', values: ['no', 'yes'] },
]
const make = (seed = 1) =>
  createDcgan({
    imageShape: [16, 16, 3],
    base: 4,
    latent: { size: 11, prior: normalPrior(), conditions },
    seed,
  })
const asking = (codes: number[]) =>
  tf.tensor2d([...randomStream(2, 'noise').normal(6), ...askedFor(conditions, codes)], [1, 11])

test('the generator is made of stock layers, asks change what it draws, and D says something of every value', async () => {
  const { generator, discriminator } = make()
  expect(generator.layers.filter(layer => layer.getClassName().includes('>'))).toEqual([])
  const drawn = (codes: number[]) => forward(generator, asking(codes)).data()
  expect(await drawn([0, 1])).toEqual(await drawn([0, 1]))
  expect(await drawn([0, 1])).not.toEqual(await drawn([1, 1]))
  expect(await drawn([0, 1])).not.toEqual(await drawn([0, 0]))
  expect(forward(discriminator, tf.zeros([3, 16, 16, 3])).shape).toEqual([3, 1 + 3 + 2])
})

/** Conditional batch norm by hand: behind the norm, what is asked for multiplies and adds. */
test('behind a batch norm each channel is scaled and moved by its own numbers for what is asked', async () => {
  const { generator } = make()
  const upTo = (name: string) =>
    tf.model({ inputs: generator.inputs, outputs: generator.getLayer(name).output })
  const [norm, moved] = ['up_1_norm', 'up_1_norm_moved'].map(
    name => upTo(name).predict(asking([2, 1])) as tf.Tensor,
  )
  const asked = tf.tensor2d(askedFor(conditions, [2, 1]), [1, 5])
  const weights = (name: string) => generator.getLayer(`up_1_norm_${name}_asked`).getWeights()
  const [kernel, bias] = weights('gamma')
  const [shift] = weights('beta')
  const expected = tf.add(
    tf.mul(norm!, tf.add(tf.matMul(asked, kernel as tf.Tensor2D), bias!)),
    tf.matMul(asked, shift as tf.Tensor2D),
  )
  const off = tf.max(tf.abs(tf.sub(expected, moved!)))
  expect((await off.data())[0]).toBeLessThan(1e-5)
  // At the start nothing is scaled by much.
  expect(await bias!.data()).toEqual(new Float32Array(bias!.size).fill(1))
})

test('it trains with its conditions, leaves no tensor, and moves what stands for each of them', async () => {
  const gan = make()
  const rate = () => adam({ learningRate: 1e-3 })
  const trainer = createTrainer({
    gan,
    objective: hinge(),
    optimizers: { generator: rate(), discriminator: rate() },
  })
  const batches = {
    position: () => ({ epoch: 0, batch: 0 }),
    next: async () => ({
      done: false as const,
      value: { samples: tf.zeros([4, 16, 16, 3]), attributes: Uint8Array.of(0, 1, 1, 0, 2, 1, 0, 0) },
    }),
    [Symbol.asyncIterator]: () => batches,
  }
  const before = await gan.generator.getLayer('start_norm_beta_asked').getWeights()[0]!.data()
  await trainer.fit(batches, { steps: 2 })
  const { numTensors } = tf.memory()
  await trainer.fit(batches, { steps: 4 })
  expect(tf.memory().numTensors).toBe(numTensors)
  const after = await gan.generator.getLayer('start_norm_beta_asked').getWeights()[0]!.data()
  after.forEach((value, i) => void expect(value).not.toBe(before[i]))
})

test('the same options give the same weights', async () => {
  expect(await hashWeights(make())).toBe(await hashWeights(make()))
  expect(await hashWeights(make(2))).not.toBe(await hashWeights(make()))
})

test('conditions that leave no noise are refused', () => {
  expect(() => createDcgan({ latent: { size: 5, prior: normalPrior(), conditions } })).toThrow(
    'latent.size is 5, expected more than the 5 numbers of its conditions',
  )
})
