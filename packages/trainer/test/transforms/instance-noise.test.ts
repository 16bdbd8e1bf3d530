import { randomStream } from '@gankit/core'
import { expectClose } from '@gankit/testkit'
import * as tf from '@tensorflow/tfjs'
import { expect, test } from 'vitest'
import { instanceNoise, linear } from '../../src/index.ts'

const turn = (step: number, seed = 3) => ({ step, random: randomStream(seed, 'test/disturb', step) })
const count = 100_000
const zeros = () => tf.zeros([count / 50, 5, 5, 2])

test.each([0.1, 2])('the noise is normal with the standard deviation %d', async std => {
  const noise = await instanceNoise(std)(zeros(), turn(0)).data<'float32'>()
  const mean = noise.reduce((sum, value) => sum + value, 0) / count
  const variance = noise.reduce((sum, value) => sum + (value - mean) ** 2, 0) / count
  // Four deviations of what is estimated from so many numbers.
  expect(Math.abs(mean)).toBeLessThan((4 * std) / Math.sqrt(count))
  expect(Math.abs(Math.sqrt(variance) / std - 1)).toBeLessThan(4 / Math.sqrt(2 * count))
  const within = (most: number) => noise.filter(value => Math.abs(value) < most * std).length / count
  expect(within(1)).toBeCloseTo(0.6827, 2)
  expect(within(2)).toBeCloseTo(0.9545, 2)
})

test('a schedule counts steps, and at 0 the samples are left as they are', async () => {
  const fading = instanceNoise(linear(0.4, 0, 10))
  const x = zeros()
  for (const [step, std] of [
    [0, 0.4],
    [5, 0.2],
    [9, 0.04],
  ] as const) {
    const square = tf.square(fading(x, turn(step))).mean()
    expect(Math.sqrt((await square.data())[0]!) / std).toBeCloseTo(1, 1)
  }
  expect(fading(x, turn(10))).toBe(x)
  expect(instanceNoise(0)(x, turn(0))).toBe(x)
})

test('it is added to the samples, in their shape', async () => {
  const x = tf.randomUniform([2, 3, 4, 1], -1, 1, 'float32', 1)
  const disturbed = instanceNoise(0.3)(x, turn(4))
  expect(disturbed.shape).toEqual([2, 3, 4, 1])
  const noise = turn(4).random.normal(24, 0, 0.3)
  await expectClose(
    disturbed,
    (await x.data<'float32'>()).map((value, i) => value + noise[i]!),
    1e-6,
  )
})

test('the same seed and step give the same noise, others give others', async () => {
  const noise = (step: number, seed: number) => instanceNoise(1)(tf.zeros([20]), turn(step, seed)).dataSync()
  expect(noise(1, 3)).toEqual(noise(1, 3))
  expect(noise(1, 3)).not.toEqual(noise(2, 3))
  expect(noise(1, 3)).not.toEqual(noise(1, 4))
})

test('gradients pass through as they are', async () => {
  const x = tf.tensor2d([1, 2, 3, 4, 5, 6], [2, 3])
  const noisy = (x: tf.Tensor) => instanceNoise(0.5)(x, turn(1))
  const gradient = tf.grad(x => tf.sum(tf.square(noisy(x))))(x)
  const expected = await noisy(x).data<'float32'>()
  await expectClose(
    gradient,
    expected.map(value => 2 * value),
    1e-6,
  )
})

test.each([-0.1, Number.NaN, Number.POSITIVE_INFINITY])('a standard deviation of %d is refused', std => {
  expect(() => instanceNoise(std)).toThrow(`instanceNoise is ${std}, expected a finite number from 0`)
})
