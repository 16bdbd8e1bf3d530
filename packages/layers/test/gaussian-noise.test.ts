import { forward, randomStream } from '@gankit/core'
import { expectClose } from '@gankit/testkit'
import * as tf from '@tensorflow/tfjs'
import { expect, test } from 'vitest'
import { gaussianNoise } from '../src/index.ts'

const ones = tf.ones([100, 100])
const train = { training: true }
const numbers = (of: unknown) => (of as tf.Tensor).data()
const at = (step: number) => ({
  training: true,
  random: (purpose: string) => randomStream(7, `run/${purpose}`, step),
})

test.each([0.1, 2])('what it adds has a mean of 0 and a standard deviation of %d', async std => {
  const noise = tf.sub(gaussianNoise({ std }).apply(ones, train) as tf.Tensor, ones)
  const { mean, variance } = tf.moments(noise)
  await expectClose(mean, [0], (4 * std) / 100)
  await expectClose(variance.sqrt(), [std], (4 * std) / Math.sqrt(2e4))
})

test('inference and a std of 0 change nothing', async () => {
  await expectClose(gaussianNoise({ std: 1 }).apply(ones) as tf.Tensor, ones, 0)
  await expectClose(gaussianNoise({ std: 0 }).apply(ones, train) as tf.Tensor, ones, 0)
})

test('each call has its own noise, and equal seeds and names the same row of noise', async () => {
  const [a, b] = [0, 1].map(() => gaussianNoise({ std: 1, seed: 3, name: 'noise' }))
  const other = gaussianNoise({ std: 1, seed: 4, name: 'noise' })
  const drawn = []
  for (let call = 0; call < 3; call++) {
    drawn.push(await numbers(a!.apply(ones, train)))
    expect(await numbers(b!.apply(ones, train))).toEqual(drawn[call])
    expect(await numbers(other.apply(ones, train))).not.toEqual(drawn[call])
  }
  expect(drawn[0]).not.toEqual(drawn[1])
  expect(drawn[1]).not.toEqual(drawn[2])
})

test("with the caller's random the noise is a function of seed, name and step", async () => {
  const [a, b] = ['first', 'second'].map(name => gaussianNoise({ std: 1, name }))
  const noise = await numbers(a!.apply(ones, at(5)))
  expect(await numbers(a!.apply(ones, at(6)))).not.toEqual(noise)
  expect(await numbers(b!.apply(ones, at(5)))).not.toEqual(noise)
  a!.apply(ones, train)
  expect(await numbers(a!.apply(ones, at(5)))).toEqual(noise)
  const drawn = randomStream(7, 'run/first', 5).normal(ones.size)
  await expectClose(
    noise,
    drawn.map(value => value + 1),
    1e-6,
  )
})

test('inside a model it gets what the model was run with', async () => {
  const model = tf.sequential({ layers: [gaussianNoise({ std: 1, name: 'noise', inputShape: [100] })] })
  const alone = gaussianNoise({ std: 1, name: 'noise' })
  await expectClose(forward(model, ones, at(2)), alone.apply(ones, at(2)) as tf.Tensor, 0)
})

test('the gradient passes through', async () => {
  const layer = gaussianNoise({ std: 1, name: 'noise' })
  await expectClose(tf.grad(x => layer.apply(x, at(1)) as tf.Tensor)(ones), ones, 0)
})

test('it leaves no tensor but its output', () => {
  const layer = gaussianNoise({ std: 1 })
  const before = tf.memory().numTensors
  tf.dispose([layer.apply(ones, train), layer.apply(ones)] as tf.Tensor[])
  expect(tf.memory().numTensors).toBe(before)
})

test('a std or seed out of range is refused', () => {
  for (const std of [-0.1, Number.NaN, Number.POSITIVE_INFINITY])
    expect(() => gaussianNoise({ std })).toThrow(
      `[gankit/layers] gaussianNoise std is ${std}, expected a number from 0 up`,
    )
  expect(() => gaussianNoise({ std: 1, seed: -1 })).toThrow('seed is -1')
})
