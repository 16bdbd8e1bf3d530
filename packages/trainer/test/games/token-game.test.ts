import { type Batches, forward, type Generator, generate, trainableWeights } from '@gankit/core'
import { glorotUniform } from '@gankit/layers'
import { reward } from '@gankit/losses'
import * as tf from '@tensorflow/tfjs'
import { expect, test } from 'vitest'
import {
  adam,
  createTrainer,
  type Game,
  hashWeights,
  restoreSnapshot,
  takeSnapshot,
} from '../../src/index.ts'

const [length, vocabulary, count] = [4, 5, 64]

/** A network that gives the logits of each token from the one before it: an embedding and a dense layer. */
function tokenGenerator(): Generator {
  const seeded = (purpose: string) => glorotUniform({ seed: 2, purpose })
  const input = tf.input({ shape: [length], dtype: 'int32', name: 'tokens' })
  const embedded = tf.layers
    .embedding({
      name: 'embedding',
      inputDim: vocabulary,
      outputDim: 8,
      embeddingsInitializer: seeded('embedding'),
    })
    .apply(input) as tf.SymbolicTensor
  const logits = tf.layers
    .dense({ name: 'logits', units: vocabulary, kernelInitializer: seeded('logits') })
    .apply(embedded) as tf.SymbolicTensor
  return {
    model: tf.model({ name: 'writer', inputs: input, outputs: logits }),
    sampleShape: [length],
    output: { kind: 'sequence', length, vocabulary, start: 0 },
  }
}

/**
 * A game learnt by reward (REINFORCE, Williams 1992): the writer draws whole sequences of tokens, through which no gradient
 * goes, and is rewarded for each token that is one more than the one before it, modulo the vocabulary.
 */
function tokenGame(): Game {
  const generator = tokenGenerator()
  const term = reward()
  return {
    networks: { writer: generator.model },
    players: {
      writer: {
        weights: trainableWeights(generator.model),
        optimizer: adam({ learningRate: 0.05, beta1: 0.9 }),
      },
    },
    generators: { writer: generator },
    streams: ['nothing'],
    scalars: [{ name: 'writer/reward', label: 'writer', chart: 'reward', equilibrium: 1 }],
    updatesPerStep: 1,
    rounds: () => [
      [
        {
          player: 'writer',
          prepare({ random }) {
            const tokens = generate(generator, {}, { count, random }) as tf.Tensor2D
            return {
              tokens,
              before: tf.tidy(() => shiftRight(tokens)),
              rewards: tf.tidy(() => rewardsOf(tokens)),
            }
          },
          loss({ shared }) {
            const { tokens, before, rewards } = shared as Record<string, tf.Tensor2D>
            const logits = forward(generator.model, before!) as tf.Tensor3D
            const chosen = tf.oneHot(tokens!, vocabulary)
            const logProbabilities = tf.sum(tf.mul(tf.logSoftmax(logits), chosen), -1)
            return {
              loss: term.value({ logProbabilities, rewards: rewards!, baseline: tf.mean(rewards!) }),
              scalars: { reward: tf.mean(rewards!) as tf.Scalar },
            }
          },
        },
      ],
    ],
  }
}

/** The tokens before each: [n, length], the start token 0 first. */
function shiftRight(tokens: tf.Tensor2D): tf.Tensor2D {
  const n = tokens.shape[0]
  return tf.concat2d(
    [tf.zeros([n, 1], 'int32') as tf.Tensor2D, tf.slice2d(tokens, [0, 0], [n, length - 1])],
    1,
  )
}

/** 1 for each token that is one more than the one before it, 0 for others. */
function rewardsOf(tokens: tf.Tensor2D): tf.Tensor {
  return tf.cast(tf.equal(tokens, tf.mod(tf.add(shiftRight(tokens), 1), vocabulary)), 'float32')
}

/** A game has at least one stream; nobody takes a batch of this one. */
const nothing = (): Batches => ({
  position: () => ({ epoch: 0, batch: 0 }),
  next: async () => ({ done: true, value: undefined }),
  [Symbol.asyncIterator]() {
    return this
  },
})

test('a writer of tokens learns by reward alone to count', async () => {
  const trainer = createTrainer({ game: tokenGame(), seed: 4 })
  const rewards: number[] = []
  for await (const event of trainer.run(nothing(), { steps: 150 }))
    if (event.type === 'step') rewards.push((await event.read())['writer/reward']!)
  // One token of five is right by chance; 64 × 4 of them are drawn.
  expect(rewards[0]).toBeLessThan(0.4)
  expect(rewards.at(-1)).toBeGreaterThan(0.95)
  const { writer } = trainer.game.generators
  const written = generate(writer!, {}, { count: 2, temperature: 1e-3 })
  expect(written.dtype).toBe('int32')
  expect(written.arraySync()).toEqual([
    [1, 2, 3, 4],
    [1, 2, 3, 4],
  ])
})

test('it goes on from a snapshot bit for bit, and leaks no tensor', async () => {
  const whole = createTrainer({ game: tokenGame(), seed: 4 })
  const tensors: number[] = []
  for await (const event of whole.run(nothing(), { steps: 20 }))
    if (event.type === 'step') tensors.push(tf.memory().numTensors)
  expect(new Set(tensors.slice(2)).size).toBe(1)
  const first = createTrainer({ game: tokenGame(), seed: 4 })
  await first.fit(nothing(), { steps: 9 })
  const second = createTrainer({ game: tokenGame(), seed: 4 })
  restoreSnapshot(second, await takeSnapshot(first, { nothing: nothing() }))
  await second.fit(nothing(), { steps: 20 })
  expect(await hashWeights(second.game.networks)).toBe(await hashWeights(whole.game.networks))
})
