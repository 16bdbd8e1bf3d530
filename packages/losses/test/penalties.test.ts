import { randomStream } from '@gankit/core'
import { expectClose } from '@gankit/testkit'
import * as tf from '@tensorflow/tfjs'
import { expect, test } from 'vitest'
import {
  gradientPenalty,
  nonSaturating,
  r1,
  r2,
  relativistic,
  wasserstein,
  withPenalties,
} from '../src/index.ts'
import { createContext } from './discriminator.ts'
import { testPenalty } from './penalty-conformance.ts'

testPenalty('r1', () => r1())
testPenalty('r2', () => r2({ gamma: 0.3 }))
testPenalty('gradient-penalty', () => gradientPenalty())
testPenalty('gradient-penalty, target 0', () => gradientPenalty({ weight: 2, target: 0 }))
testPenalty('the one of wasserstein-gp', () => wasserstein().penalties![0]!)

// D whose slope at a sample is that sample itself: l(x) = ‖x‖²/2.
const bowl = (samples: tf.Tensor) => samples.square().sum(1, true).div(2)
const real = tf.tensor2d([
  [3, 4],
  [0, 0],
])
const fake = tf.tensor2d([
  [0, 2],
  [-6, 8],
])
const context = createContext({ real, fake }, bowl)

test('R1 looks at real samples, R2 at fakes: γ/2·E‖∇D‖²', async () => {
  await expectClose(r1({ gamma: 4 }).value(context), [(4 / 2) * ((25 + 0) / 2)], 1e-5)
  await expectClose(r2({ gamma: 4 }).value(context), [(4 / 2) * ((4 + 100) / 2)], 1e-5)
})

test('the gradient penalty looks between them, at a point of its own for each pair', async () => {
  const mix = randomStream(4, 'between').uniform(2)
  const [first, second] = [mix[0]!, mix[1]!]
  expect(first).not.toBeCloseTo(second, 2)
  const lengths = [
    Math.hypot(3 * first, 4 * first + 2 * (1 - first)),
    Math.hypot(-6 * (1 - second), 8 * (1 - second)),
  ]
  const expected = lengths.reduce((sum, length) => sum + 3 * (length - 0.5) ** 2, 0) / 2
  await expectClose(gradientPenalty({ weight: 3, target: 0.5 }).value(context), [expected], 0, 1e-5)
})

test('a D that is flat costs λ·target², and nothing pulls at it', async () => {
  const flat = (w: tf.Tensor) =>
    gradientPenalty().value(createContext({ real, fake }, x => tf.matMul(x as tf.Tensor2D, w as tf.Tensor2D)))
  await expectClose(flat(tf.zeros([2, 1])), [10])
  await expectClose(tf.grad(flat)(tf.zeros([2, 1])), [0, 0], 0)
})

test('samples that are no pairs are refused', () => {
  expect(() => gradientPenalty().value(createContext({ real, fake: tf.zeros([3, 2]) }, bowl))).toThrow(
    '[gankit/losses] gradientPenalty got real [2,2] and fake [3,2], expected the same shape',
  )
})

test('penalties are added to an objective, and its name says so', () => {
  const plain = nonSaturating()
  const objective = withPenalties(plain, r1({ every: 16 }), r2())
  expect(objective.name).toBe('non-saturating+r1+r2')
  expect(objective.penalties?.map(({ name, every }) => [name, every])).toEqual([
    ['r1', 16],
    ['r2', 1],
  ])
  expect(objective.discriminator).toBe(plain.discriminator)
  expect(plain.penalties ?? []).toEqual([])
  expect(withPenalties(relativistic(), r1()).comparesWithReal).toBe(true)
})

test('a penalty takes the place of one of the same name', () => {
  const own = gradientPenalty({ weight: 1 })
  const objective = withPenalties(wasserstein(), own, r1())
  expect(objective.penalties?.map(({ name }) => name)).toEqual(['gradient-penalty', 'r1'])
  expect(objective.penalties?.[0]).toBe(own)
  expect(objective.name).toBe('wasserstein-gp+r1')
})

test('wasserstein has its penalty unless that weighs nothing', async () => {
  const [penalty] = wasserstein({ gradientPenalty: 3 }).penalties!
  await expectClose(penalty!.value(context), gradientPenalty({ weight: 3 }).value(context), 0)
  const { name, penalties } = wasserstein({ gradientPenalty: 0 })
  expect([name, penalties]).toEqual(['wasserstein', []])
})
