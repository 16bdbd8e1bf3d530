import {
  askedFor,
  type Batches,
  type Condition,
  type Gan,
  isGankitError,
  normalPrior,
  randomStream,
} from '@gankit/core'
import { glorotUniform } from '@gankit/layers'
import { nonSaturating, r1, withPenalties } from '@gankit/losses'
import { expectClose } from '@gankit/testkit'
import * as tf from '@tensorflow/tfjs'
import { describe, expect, test } from 'vitest'
import { conditionIn, conditionsOf, logitsOf, withCondition } from '../src/conditions.ts'
import { adam, createTrainer, drawFrom, hashWeights } from '../src/index.ts'

const conditions: readonly Condition[] = [
  { name: 'side', values: ['left', 'right'] },
  { name: 'height', values: ['low', 'middle', 'high'], shares: [0.5, 0.25, 0.25] },
]
const latent = { size: 7, prior: normalPrior(), conditions }

const net = (name: string, sizes: readonly number[], last: 'tanh' | 'linear') =>
  tf.sequential({
    name,
    layers: sizes.slice(1).map((units, i) =>
      tf.layers.dense({
        name: `dense_${i}`,
        units,
        activation: i < sizes.length - 2 ? 'relu' : last,
        kernelInitializer: glorotUniform({ seed: 1, purpose: `${name}/${i}` }),
        ...(i === 0 && { inputShape: [sizes[0]!] }),
      }),
    ),
  })
const conditionalGan = (outputs = 6): Gan => ({
  generator: net('generator', [7, 32, 32, 2], 'tanh'),
  discriminator: net('discriminator', [2, 64, 64, outputs], 'linear'),
  latent,
  sampleShape: [2],
})

const [places, heights] = [
  [-0.5, 0.5],
  [-0.6, 0, 0.6],
]
/** Points around six places, each with what it is. */
function points(size: number): Batches {
  let batch = 0
  return {
    position: () => ({ epoch: 0, batch }),
    async next() {
      const random = randomStream(3, 'points', batch++)
      const [sides, levels, noise] = [
        random.uniform(size, 0, 2),
        random.uniform(size, 0, 3),
        random.normal(2 * size),
      ]
      const attributes = new Uint8Array(2 * size)
      const values = new Float32Array(2 * size)
      for (let i = 0; i < size; i++) {
        attributes.set([Math.floor(sides[i]!), Math.floor(levels[i]!)], 2 * i)
        values[2 * i] = places[attributes[2 * i]!]! + 0.05 * noise[2 * i]!
        values[2 * i + 1] = heights[attributes[2 * i + 1]!]! + 0.05 * noise[2 * i + 1]!
      }
      return { done: false, value: { samples: tf.tensor2d(values, [size, 2]), attributes } }
    },
    [Symbol.asyncIterator]() {
      return this
    },
  }
}

test('a generator learns to draw what it is asked for, and no tensor is left', async () => {
  const gan = conditionalGan()
  const rate = () => adam({ learningRate: 3e-3, beta1: 0.5 })
  const trainer = createTrainer({
    gan,
    objective: withPenalties(nonSaturating(), r1({ gamma: 0.1 })),
    optimizers: { generator: rate(), discriminator: rate() },
  })
  const batches = points(32)
  await trainer.fit(batches, { steps: 2 })
  const { numTensors } = tf.memory()
  await trainer.fit(batches, { steps: 600 })
  expect(tf.memory().numTensors).toBe(numTensors)
  for (const [side, x] of places.entries())
    for (const [height, y] of heights.entries()) {
      const noise = randomStream(9, 'noise')
      const asked = Array.from({ length: 64 }, () => [
        ...noise.normal(2),
        ...askedFor(conditions, [side, height]),
      ])
      const { samples } = await drawFrom(gan.generator, Float32Array.from(asked.flat()), 64)
      const mean = (axis: number) =>
        samples.reduce((sum, value, i) => (i % 2 === axis ? sum + value / 64 : sum), 0)
      expect(Math.hypot(mean(0) - x, mean(1) - y), `${side}, ${height}`).toBeLessThan(0.2)
    }
})

describe('the numbers', () => {
  test('D’s logit has its numbers for what was asked for added', async () => {
    const output = tf.tensor2d([1, 10, 20, 30, 40, 50, -1, 1, 2, 3, 4, 5], [2, 6])
    const asked = tf.tensor2d([1, 0, 0, 0, 1, 0, 1, 1, 0, 0], [2, 5])
    await expectClose(logitsOf(output, asked), [1 + 10 + 50, -1 + 2 + 3])
    expect(logitsOf(output, undefined)).toBe(output)
  })

  test('a batch’s attributes, as a latent asks for them', async () => {
    const samples = tf.zeros([2, 2])
    const asked = conditionsOf({ samples, attributes: Uint8Array.of(1, 0, 0, 2) }, conditions)!
    await expectClose(asked, [0, 1, 1, 0, 0, 1, 0, 0, 0, 1])
    const latents = withCondition(latent, tf.tensor2d(Array(14).fill(7), [2, 7]), asked)
    await expectClose(latents, [7, 7, 0, 1, 1, 0, 0, 7, 7, 1, 0, 0, 0, 1])
    await expectClose(conditionIn(latent, latents)!, await asked.data())
    expect(conditionsOf({ samples }, undefined)).toBeUndefined()
  })

  test.each([
    [
      undefined,
      'a batch of 2 samples has no codes of attributes, expected those of the conditions side, height',
    ],
    [Uint8Array.of(1, 0), 'a batch of 2 samples has 2 codes'],
    [Uint8Array.of(1, 0, 0, 3), 'a sample has code 3 of height, which has 3'],
  ])('codes %j don’t fit', (attributes, message) => {
    const samples = tf.zeros([2, 2])
    expect(() => conditionsOf({ samples, ...(attributes && { attributes }) }, conditions)).toThrow(message)
  })
})

test('a D without numbers for what can be asked is refused', () => {
  expect(() => createTrainer({ gan: conditionalGan(1), objective: nonSaturating() })).toThrow(
    'the discriminator gives [n, 1], expected [n, 6]: a logit, and a number for each value',
  )
})

test('data without attributes end a run with an error that says so, and change nothing', async () => {
  const gan = conditionalGan()
  const before = await hashWeights(gan)
  const trainer = createTrainer({ gan, objective: nonSaturating() })
  const whole = points(8)
  const bare: Batches = {
    ...whole,
    async next() {
      const { value } = await whole.next()
      return { done: false, value: { samples: value.samples } }
    },
    [Symbol.asyncIterator]: () => bare,
  }
  const error = await trainer.fit(bare, { steps: 1 }).catch(error => error)
  expect(isGankitError(error) && error.message).toContain('has no codes of attributes')
  expect(await hashWeights(gan)).toBe(before)
})
