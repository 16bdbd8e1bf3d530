import { expectClose } from '@gankit/testkit'
import * as tf from '@tensorflow/tfjs'
import { expect, test } from 'vitest'
import { minibatchStandardDeviation } from '../src/index.ts'
import { expectTrueGradients } from './reference.ts'

const spreads = (layer: tf.layers.Layer, x: tf.Tensor) =>
  (layer.apply(x) as tf.Tensor).slice([0, 1]).reshape([-1])

test('the channel is the mean standard deviation of the group, sample m with samples m + groups, m + 2·groups, …', async () => {
  // Groups 0, 2 and 1, 3: deviations of 2 and of 5.
  const x = tf.tensor2d([[1], [0], [5], [10]])
  await expectClose(spreads(minibatchStandardDeviation({ groupSize: 2 }), x), [2, 5, 2, 5], 1e-6)
  await expectClose(spreads(minibatchStandardDeviation(), x), new Array(4).fill(Math.sqrt(15.5)), 1e-6)
})

test.each([
  [6, 4, 3],
  [8, 4, 4],
  [7, 4, 1],
  [2, 4, 2],
  [12, 5, 4],
])('%d samples and a groupSize of %d make groups of %d', async (n, groupSize, size) => {
  const numbers = Array.from({ length: n }, (_, i) => i * i)
  const groups = n / size
  const expected = numbers.map((_, i) => {
    const group = numbers.filter((_, j) => j % groups === i % groups)
    const mean = group.reduce((sum, x) => sum + x, 0) / size
    return Math.sqrt(group.reduce((sum, x) => sum + (x - mean) ** 2, 0) / size + 1e-8)
  })
  await expectClose(
    spreads(minibatchStandardDeviation({ groupSize }), tf.tensor2d(numbers, [n, 1])),
    expected,
    1e-5,
    1e-5,
  )
})

test('samples that are all alike give themselves away, and every place of an image sees it', async () => {
  const layer = minibatchStandardDeviation()
  const one = tf.randomNormal([1, 2, 3, 5], 0, 1, 'float32', 3)
  const output = layer.apply(one.tile([4, 1, 1, 1])) as tf.Tensor
  expect(output.shape).toEqual([4, 2, 3, 6])
  expect(layer.computeOutputShape([null, 2, 3, 5])).toEqual([null, 2, 3, 6])
  await expectClose(output.slice([0, 0, 0, 5]), new Float32Array(24).fill(1e-4), 1e-6)
})

test('its gradients are those of finite differences, in the first and the second order', async () => {
  await expectTrueGradients(minibatchStandardDeviation(), tf.randomNormal([4, 2, 2, 2], 0, 2, 'float32', 5))
  await expectTrueGradients(minibatchStandardDeviation(), tf.randomNormal([6, 3], 0, 2, 'float32', 5))
})

test('what it can not do it says', () => {
  for (const groupSize of [0, 2.5])
    expect(() => minibatchStandardDeviation({ groupSize })).toThrow(
      `[gankit/layers] minibatchStandardDeviation groupSize is ${groupSize}, expected a whole number of at least 1`,
    )
  expect(() => minibatchStandardDeviation().apply(tf.ones([3]))).toThrow('expected [n, ..., channels]')
})
