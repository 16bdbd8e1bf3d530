import { randomStream } from '@gankit/core'
import { selectBackend } from '@gankit/runtime/node'
import * as tf from '@tensorflow/tfjs'
import { beforeAll, expect, test } from 'vitest'
import { evaluate } from '../../scripts/training/evaluate.ts'
import { type LabeledBatch, type Task, trainNet } from '../../scripts/training/train-net.ts'
import { type ConvNet, computeFeatures, computeLogits, weightShapes } from '../../src/extractors/conv-net.ts'

const net: ConvNet = {
  imageShape: [9, 9, 1],
  convolutions: [
    { filters: 3, window: 3, stride: 1, pool: true },
    { filters: 4, window: 3, stride: 2 },
  ],
  features: 8,
  logits: 5,
}

/** Squares whose first head is where they are bright, and whose second is whether there are stripes. */
function squares(count: number, random: { uniform(count: number): Float32Array }): LabeledBatch {
  const labels = Uint8Array.from(random.uniform(2 * count), (number, i) =>
    Math.floor(number * (i % 2 ? 2 : 3)),
  )
  const values = Float32Array.from({ length: 81 * count }, (_, at) => {
    const [i, row, column] = [Math.floor(at / 81), Math.floor((at % 81) / 9), at % 9]
    const bright = Math.floor(row / 3) === labels[2 * i]! ? 0.5 : -0.5
    return labels[2 * i + 1] ? bright + (column % 2 ? 0.4 : -0.4) : bright
  })
  return { images: tf.tensor4d(values, [count, 9, 9, 1]), labels }
}

async function* batches() {
  for (let step = 0; ; step++) yield squares(16, randomStream(5, 'squares', step))
}

const task = (seed: number, steps: number): Task => ({
  net,
  heads: [3, 2],
  seed,
  batch: 16,
  epochs: 1,
  perEpoch: steps,
  learningRate: 0.02,
  dropout: 0.1,
  batches: batches(),
  report: () => {},
})

beforeAll(() => selectBackend({ backend: 'wasm' }))

const numbers = (weights: ReadonlyMap<string, tf.Tensor>) =>
  [...weights].map(([, w]) => Array.from(w.dataSync()))

test('nothing but the seed decides', async () => {
  const [first, again, other] = [
    await trainNet(task(1, 5)),
    await trainNet(task(1, 5)),
    await trainNet(task(2, 5)),
  ]
  expect(numbers(again)).toEqual(numbers(first))
  expect(numbers(other)).not.toEqual(numbers(first))
})

test('every head learns, and only the weights stay', async () => {
  const before = tf.memory().numTensors
  const weights = await trainNet(task(1, 250))
  expect([...weights].map(([name, { shape }]) => [name, shape])).toEqual([...weightShapes(net)])
  expect(tf.memory().numTensors).toBe(before + weights.size)
  const { images, labels } = squares(100, randomStream(6, 'squares'))
  const logits = computeLogits(weights, computeFeatures(net, weights, images))
  const own = (head: number) => labels.filter((_, i) => i % 2 === head)
  expect(evaluate(tf.slice(logits, [0, 0], [-1, 3]), own(0)).accuracy).toBeGreaterThan(0.95)
  expect(evaluate(tf.slice(logits, [0, 3], [-1, 2]), own(1)).accuracy).toBeGreaterThan(0.95)
})

test('shapes of weights follow strides and pooling', () => {
  expect([...weightShapes(net)]).toEqual([
    ['conv_1/kernel', [3, 3, 1, 3]],
    ['conv_1/bias', [3]],
    ['conv_2/kernel', [3, 3, 3, 4]],
    ['conv_2/bias', [4]],
    // 9 → 4 by pooling → 2 by stride
    ['features/kernel', [16, 8]],
    ['features/bias', [8]],
    ['logits/kernel', [8, 5]],
    ['logits/bias', [5]],
  ])
})
