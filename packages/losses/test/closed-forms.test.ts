import { expectClose } from '@gankit/testkit'
import * as tf from '@tensorflow/tfjs'
import { expect, test } from 'vitest'
import {
  hinge,
  leastSquares,
  minimax,
  nonSaturating,
  relativistic,
  relativisticAverage,
  signedMinimax,
  wasserstein,
} from '../src/index.ts'

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

const squares = (logits: number[], label: number) => mean(logits.map(logit => (logit - label) ** 2)) / 2
const margins = (logits: number[], sign: 1 | -1) => mean(logits.map(logit => Math.max(0, 1 - sign * logit)))

test.each([
  [-1, 1, 1],
  [0, 1, 1],
  [-1, 1, 0],
])('least squares with the labels %d, %d, %d', async (a, b, c) => {
  const { discriminator, generator } = leastSquares({ fake: a, real: b, wanted: c })
  await expectClose(discriminator(column(real), column(fake)), [squares(real, b) + squares(fake, a)], 1e-5)
  await expectClose(generator(column(fake)), [squares(fake, c)], 1e-5)
})

test('least squares with labels 0 and 1 is a quarter of that with −1 and 1, at half the logits and ½', async () => {
  const halved = (logits: number[]) => column(logits.map(logit => (logit + 1) / 2))
  const [signed, binary] = [leastSquares(), leastSquares({ fake: 0, real: 1, wanted: 1 })]
  await expectClose(
    binary.discriminator(halved(real), halved(fake)),
    signed.discriminator(column(real), column(fake)).div(4),
    1e-5,
  )
  await expectClose(binary.generator(halved(fake)), signed.generator(column(fake)).div(4), 1e-5)
  expect(binary.equilibrium).toEqual({ discriminator: 1 / 4, generator: 1 / 8 })
})

test('hinge: D pays for what is not beyond the margin, G is linear', async () => {
  const { discriminator, generator } = hinge()
  await expectClose(discriminator(column(real), column(fake)), [margins(real, 1) + margins(fake, -1)])
  await expectClose(discriminator(column([1, 1.5]), column([-1, -7])), [0])
  await expectClose(generator(column(fake)), [-mean(fake)])
})

test('wasserstein: differences of means', async () => {
  const { discriminator, generator } = wasserstein()
  await expectClose(discriminator(column(real), column(fake)), [mean(fake) - mean(real)])
  await expectClose(generator(column(fake)), [-mean(fake)])
})

const minus = (logits: number[], other: number) => logits.map(logit => logit - other)

test('relativistic average: each against the mean of the other kind', async () => {
  const [r, f] = [minus(real, mean(fake)), minus(fake, mean(real))]
  const { discriminator, generator } = relativisticAverage()
  await expectClose(discriminator(column(real), column(fake)), [-logReal(r) - logFake(f)])
  await expectClose(generator(column(fake), column(real)), [-logReal(f) - logFake(r)])
  const ofHinge = relativisticAverage({ loss: 'hinge' })
  await expectClose(ofHinge.discriminator(column(real), column(fake)), [margins(r, 1) + margins(f, -1)])
  await expectClose(ofHinge.generator(column(fake), column(real)), [margins(f, 1) + margins(r, -1)])
})

test('relativistic: each against one of the other kind', async () => {
  const differences = real.map((logit, i) => logit - fake[i]!)
  const { discriminator, generator } = relativistic()
  await expectClose(discriminator(column(real), column(fake)), [-logReal(differences)])
  await expectClose(generator(column(fake), column(real)), [-logFake(differences)])
})

test.each([0.1, 0.4])('label smoothing %d: real samples are real to 1 − s', async s => {
  const expected = -(1 - s) * logReal(real) - s * logFake(real) - logFake(fake)
  for (const make of [minimax, nonSaturating])
    await expectClose(make({ labelSmoothing: s }).discriminator(column(real), column(fake)), [expected])
  await expectClose(nonSaturating({ labelSmoothing: s }).generator(column(fake)), [-logReal(fake)])
})

test('at ±1000 the losses are what the logarithms tend to', async () => {
  const [sure, rejected] = [column([1000]), column([-1000])]
  await expectClose(minimax().discriminator(sure, rejected), [0])
  await expectClose(minimax().discriminator(rejected, sure), [2000])
  await expectClose(minimax({ labelSmoothing: 0.1 }).discriminator(rejected, sure), [1900])
  await expectClose(minimax({ labelSmoothing: 0.1 }).discriminator(sure, rejected), [100])
  await expectClose(minimax().generator(sure), [-1000])
  await expectClose(nonSaturating().generator(rejected), [1000])
  await expectClose(signedMinimax().generator(rejected), [0])
  await expectClose(relativistic().generator(rejected, sure), [2000])
  await expectClose(relativisticAverage().discriminator(rejected, sure), [4000])
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
