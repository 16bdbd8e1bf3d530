import { forward, randomStream } from '@gankit/core'
import { expectClose } from '@gankit/testkit'
import * as tf from '@tensorflow/tfjs'
import { expect, test } from 'vitest'
import { seededDropout } from '../src/index.ts'

const ones = tf.ones([100, 100])
const train = { training: true }
const numbers = (of: unknown) => (of as tf.Tensor).data()
const at = (step: number) => ({
  training: true,
  random: (purpose: string) => randomStream(7, `run/${purpose}`, step),
})

test.each([0.1, 0.5, 0.8])('at the rate %d it drops that share and keeps the mean', async rate => {
  const values = await numbers(seededDropout({ rate }).apply(ones, train))
  const dropped = values.filter(value => value === 0).length / values.length
  expect(Math.abs(dropped - rate)).toBeLessThan(4 * Math.sqrt((rate * (1 - rate)) / values.length))
  for (const value of values) if (value !== 0) expect(value).toBeCloseTo(1 / (1 - rate), 5)
})

test('inference and a rate of 0 change nothing', async () => {
  await expectClose(seededDropout({ rate: 0.5 }).apply(ones) as tf.Tensor, ones, 0)
  await expectClose(seededDropout({ rate: 0 }).apply(ones, train) as tf.Tensor, ones, 0)
})

test('each call has its own mask, and equal seeds and names the same row of masks', async () => {
  const [a, b] = [0, 1].map(() => seededDropout({ rate: 0.5, seed: 3, name: 'drop' }))
  const other = seededDropout({ rate: 0.5, seed: 4, name: 'drop' })
  const masks = []
  for (let call = 0; call < 3; call++) {
    masks.push(await numbers(a!.apply(ones, train)))
    expect(await numbers(b!.apply(ones, train))).toEqual(masks[call])
    expect(await numbers(other.apply(ones, train))).not.toEqual(masks[call])
  }
  expect(masks[0]).not.toEqual(masks[1])
  expect(masks[1]).not.toEqual(masks[2])
})

test("with the caller's random the mask is a function of seed, name and step", async () => {
  const [a, b] = ['first', 'second'].map(name => seededDropout({ rate: 0.5, name }))
  const mask = await numbers(a!.apply(ones, at(5)))
  expect(await numbers(a!.apply(ones, at(6)))).not.toEqual(mask)
  expect(await numbers(b!.apply(ones, at(5)))).not.toEqual(mask)
  a!.apply(ones, train)
  expect(await numbers(a!.apply(ones, at(5)))).toEqual(mask)
})

test('inside a model it gets what the model was run with', async () => {
  const model = tf.sequential({ layers: [seededDropout({ rate: 0.5, name: 'drop', inputShape: [100] })] })
  const alone = seededDropout({ rate: 0.5, name: 'drop' })
  await expectClose(forward(model, ones, at(2)), alone.apply(ones, at(2)) as tf.Tensor, 0)
})

test('the gradient is the mask', async () => {
  const layer = seededDropout({ rate: 0.5, name: 'drop' })
  const slope = tf.grad(x => layer.apply(x, at(1)) as tf.Tensor)(ones)
  await expectClose(slope, layer.apply(ones, at(1)) as tf.Tensor, 0)
})

test('it leaves no tensor but its output', () => {
  const layer = seededDropout({ rate: 0.5 })
  const before = tf.memory().numTensors
  tf.dispose([layer.apply(ones, train), layer.apply(ones)] as tf.Tensor[])
  expect(tf.memory().numTensors).toBe(before)
})

test('a rate or seed out of range is refused', () => {
  for (const rate of [1.5, 1, -0.1, Number.NaN])
    expect(() => seededDropout({ rate })).toThrow(
      `[gankit/layers] seededDropout rate is ${rate}, expected a number from 0 to below 1`,
    )
  expect(() => seededDropout({ rate: 0.5, seed: -1 })).toThrow('seed is -1')
})
