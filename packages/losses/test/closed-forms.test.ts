import { expectClose } from '@gankit/testkit'
import * as tf from '@tensorflow/tfjs'
import { expect, test } from 'vitest'
import { minimax, nonSaturating, signedMinimax } from '../src/index.ts'

// The formulas of the papers in float64, on probabilities: right as long as D is not too near to 0 or 1.
const sigmoid = (logit: number) => 1 / (1 + Math.exp(-logit))
const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
const logReal = (logits: number[]) => mean(logits.map(logit => Math.log(sigmoid(logit))))
const logFake = (logits: number[]) => mean(logits.map(logit => Math.log(1 - sigmoid(logit))))
const signed = (logits: number[], threshold: number) =>
  mean(logits.map(logit => Math.log(1 - sigmoid(logit)) * (2 * Number(sigmoid(logit) >= threshold) - 1)))

const real = [3, -0.5, 1.25, -6]
const fake = [-2, 0.4, -4.5, 5]
const column = (values: number[]) => tf.tensor2d(values, [values.length, 1])

test.each([minimax(), nonSaturating(), signedMinimax()])(
  '$name: D minimises cross entropy',
  async objective => {
    await expectClose(objective.discriminator(column(real), column(fake)), [-logReal(real) - logFake(fake)])
  },
)

test('G: minimax is E log(1 − D), non-saturating −E log D', async () => {
  await expectClose(minimax().generator(column(fake)), [logFake(fake)])
  await expectClose(nonSaturating().generator(column(fake)), [-logReal(fake)])
})

test.each([0.05, 0.5, 0.8])('G: signed minimax at the threshold %d', async threshold => {
  await expectClose(signedMinimax({ threshold }).generator(column(fake)), [signed(fake, threshold)])
})

test('at ±1000 the losses are what the logarithms tend to', async () => {
  const [sure, rejected] = [column([1000]), column([-1000])]
  await expectClose(minimax().discriminator(sure, rejected), [0])
  await expectClose(minimax().discriminator(rejected, sure), [2000])
  await expectClose(minimax().generator(sure), [-1000])
  await expectClose(nonSaturating().generator(rejected), [1000])
  await expectClose(signedMinimax().generator(rejected), [0])
})

test('only non-saturating pulls hard on a fake that D rejects, and signed minimax pushes it on', async () => {
  const rejected = column([-2])
  const slope = async (generator: (fake: tf.Tensor) => tf.Scalar) =>
    (await tf.grad(generator)(rejected).data())[0]!
  expect(await slope(nonSaturating().generator)).toBeCloseTo(-(1 - sigmoid(-2)), 6)
  expect(await slope(minimax().generator)).toBeCloseTo(-sigmoid(-2), 6)
  expect(await slope(signedMinimax().generator)).toBeCloseTo(sigmoid(-2), 6)
})

test('a fake exactly at the threshold counts as real', async () => {
  await expectClose(signedMinimax().generator(column([0])), [-Math.LN2])
  await expectClose(signedMinimax({ threshold: 0.5001 }).generator(column([0])), [Math.LN2])
})

test.each([0, 1, -1, 1.5, Number.NaN])('a threshold of %d is refused', threshold => {
  expect(() => signedMinimax({ threshold })).toThrow(
    `[gankit/losses] signedMinimax threshold is ${threshold}, expected a number between 0 and 1, both excluded`,
  )
})
