import type { Term } from '@gankit/core'
import { expectClose, finiteDifference } from '@gankit/testkit'
import * as tf from '@tensorflow/tfjs'
import { describe, expect, test } from 'vitest'
import { cycle, featureMatching, identity, l1, patchNce, perceptual, reward } from '../src/index.ts'

const a = [
  [1, -2, 0.5],
  [0, 3, -1],
]
const b = [
  [0.25, 1, 0.5],
  [-1, 2.5, 4],
]
// Absolute differences, summed: 0.75 + 3 + 0 + 1 + 0.5 + 5.
const distance = 10.25 / 6
const [x, y] = [tf.tensor2d(a), tf.tensor2d(b)]

/** Two hidden layers: [n, 3] → [n, 3] and [n, 2, 2], linear so that closed forms are short. */
const features = (samples: tf.Tensor) => [
  samples.mul(2),
  tf
    .matMul(samples as tf.Tensor2D, tf.tensor2d([1, 0, 0, 1, 1, 1, 0, 0, 2, 0, 1, 0], [3, 4]))
    .reshape([-1, 2, 2]),
]

test('l1, cycle and identity are mean absolute differences, with the weights of their papers', async () => {
  await expectClose(l1().value({ fake: x, real: y }), [distance], 1e-6)
  await expectClose(cycle().value({ original: x, reconstruction: y }), [distance], 1e-6)
  await expectClose(identity().value({ original: x, translated: y }), [distance], 1e-6)
  expect([l1(), cycle(), identity()].map(({ name, weight }) => [name, weight])).toEqual([
    ['l1', 100],
    ['cycle', 10],
    ['identity', 5],
  ])
})

const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
const absolute = (left: number[], right: number[]) =>
  mean(left.map((value, i) => Math.abs(value - right[i]!)))
/** The second layer by hand: rows of the kernel are [1, 0, 0, 1], [1, 1, 0, 0], [2, 0, 1, 0]. */
const second = ([p, q, r]: number[]) => [p! + q! + 2 * r!, q!, r!, p!]
const columnMeans = (rows: number[][]) => rows[0]!.map((_, i) => mean(rows.map(row => row[i]!)))

test('feature matching sums the distances of layers, of pairs or of means', async () => {
  const pairs = 2 * distance + absolute(a.flatMap(second), b.flatMap(second))
  await expectClose(featureMatching().value({ fake: x, real: y, features }), [pairs], 1e-6)
  const means =
    absolute(columnMeans(a.map(row => row.map(v => 2 * v))), columnMeans(b.map(row => row.map(v => 2 * v)))) +
    absolute(columnMeans(a.map(second)), columnMeans(b.map(second)))
  const ofMeans = featureMatching({ compare: 'means' })
  await expectClose(ofMeans.value({ fake: x, real: y, features }), [means], 1e-6)
  // Means need no pairs.
  expect(ofMeans.value({ fake: x, real: y.concat(y), features }).shape).toEqual([])
})

test('perceptual sums the mean squares of layers, and pulls at the fakes alone', async () => {
  const squares = (left: number[], right: number[]) => mean(left.map((value, i) => (value - right[i]!) ** 2))
  const expected = 4 * squares(a.flat(), b.flat()) + squares(a.flatMap(second), b.flatMap(second))
  const term = perceptual({ features })
  await expectClose(term.value({ fake: x, real: y }), [expected], 1e-6)
  await expectClose(term.value({ fake: x, real: x }), [0], 1e-6)
  expect([term.name, term.weight]).toEqual(['perceptual', 1])
  const value = (fake: tf.Tensor) => term.value({ fake, real: y })
  const slope = await finiteDifference(value, x)
  await expectClose(tf.grad(value)(x), slope, 1e-2)
  expect(() => term.value({ fake: x, real: x.concat(x) })).toThrow('perceptual')
  expect(() => perceptual({ features: () => [] }).value({ fake: x, real: y })).toThrow(
    'perceptual got no features, expected those of one layer or more',
  )
  expect(() => perceptual({ features, weight: 0 })).toThrow('perceptual weight')
})

test('reward is −E Σ (r − b)·log π, and its gradient is that of the policy', async () => {
  const probabilities = [0.5, 0.25, 0.125, 0.9]
  const logProbabilities = tf.tensor2d(probabilities.map(Math.log), [2, 2])
  const rewards = [1, 0.5, 0.25, 2]
  const by = (baseline: number) =>
    -probabilities.reduce((sum, p, i) => sum + (rewards[i]! - baseline) * Math.log(p), 0) / 2
  const context = { logProbabilities, rewards: tf.tensor2d(rewards, [2, 2]) }
  await expectClose(reward().value(context), [by(0)], 1e-6)
  await expectClose(reward().value({ ...context, baseline: 0.75 }), [by(0.75)], 1e-6)
  await expectClose(reward().value({ ...context, baseline: tf.scalar(0.75) }), [by(0.75)], 1e-6)
  // One reward a sequence.
  const perSequence = reward().value({ logProbabilities, rewards: tf.tensor2d([[1], [3]]) })
  await expectClose(perSequence, [-(Math.log(0.5 * 0.25) + 3 * Math.log(0.125 * 0.9)) / 2], 1e-6)
  const gradient = tf.grad(logs => reward().value({ ...context, logProbabilities: logs }))(logProbabilities)
  await expectClose(
    gradient,
    rewards.map(r => -r / 2),
    1e-6,
  )
})

test('PatchNCE tells each place from the others of its picture', async () => {
  // Three directions at right angles, in another order in the second picture: similarities are 1 at home and 0 elsewhere.
  const keys = tf.tensor3d([3, 0, 0, 0, 0.5, 0, 0, 0, 2, 0, 7, 0, 0, 0, 1, 1, 0, 0], [2, 3, 3])
  const alike = (temperature: number) => Math.log(1 + 2 * Math.exp(-1 / temperature))
  await expectClose(patchNce({ temperature: 0.5 }).value({ queries: keys.mul(4), keys }), [alike(0.5)], 1e-6)
  await expectClose(patchNce().value({ queries: keys, keys }), [alike(0.07)], 1e-6)
  const told = patchNce({ temperature: 0.5 }).value({ queries: tf.reverse(keys, 1), keys })
  // The middle place is at home still, the others are each other's.
  await expectClose(told, [alike(0.5) + (2 / 3) * 2], 1e-6)
  await expectClose(patchNce().value({ queries: tf.ones([2, 3, 3]), keys }), [Math.log(3)], 1e-6)
  // A place without any feature is as like one as another, and has a gradient.
  const zero = tf.zeros<tf.Rank.R3>([2, 3, 3])
  await expectClose(patchNce().value({ queries: zero, keys }), [Math.log(3)], 1e-6)
  const gradient = tf.grad(queries => patchNce().value({ queries, keys }))(zero)
  expect([...(await gradient.data())].every(Number.isFinite)).toBe(true)
})

const all: [string, (x: tf.Tensor) => tf.Scalar][] = [
  ['l1', fake => l1().value({ fake, real: y })],
  ['cycle', reconstruction => cycle().value({ original: y, reconstruction })],
  ['identity', translated => identity().value({ original: y, translated })],
  ['features', fake => featureMatching().value({ fake, real: y, features })],
  ['features, means', fake => featureMatching({ compare: 'means' }).value({ fake, real: y, features })],
  [
    'patchNce',
    queries => patchNce({ temperature: 1 }).value({ queries: queries.expandDims(0), keys: y.expandDims(0) }),
  ],
  ['reward', logProbabilities => reward().value({ logProbabilities, rewards: y })],
]
describe.each(all)('%s', (name, value) => {
  // Away from the places where an absolute value has no derivative.
  const at = tf.tensor2d(a).add(0.1)

  test('is a scalar whose gradient is that of finite differences', async () => {
    expect(value(at).shape).toEqual([])
    await expectClose(tf.grad(value)(at), await finiteDifference(value, at), 1e-3, 1e-3)
  })

  test('leaves no tensor but the value', () => {
    const before = tf.memory().numTensors
    tf.tidy(() => value(at)).dispose()
    expect(tf.memory().numTensors).toBe(before)
  })

  if (!['reward', 'patchNce'].includes(name))
    test('is 0 where nothing differs', async () => expectClose(value(y), [0], 0))
})

test('samples of different shapes, and a D without hidden layers, are refused', () => {
  expect(() => l1().value({ fake: x, real: y.reshape([3, 2]) })).toThrow(
    '[gankit/losses] l1 got real [3,2] and fake [2,3], expected the same shape',
  )
  const compare: Term<Parameters<ReturnType<typeof featureMatching>['value']>[0]> = featureMatching()
  expect(() => compare.value({ fake: x, real: y, features: () => [] })).toThrow(
    '[gankit/losses] featureMatching got no features of D, expected those of one hidden layer or more',
  )
})
