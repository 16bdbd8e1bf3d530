import { expectClose } from '@gankit/testkit'
import * as tf from '@tensorflow/tfjs'
import { expect, test } from 'vitest'
import { pixelNormalization } from '../src/index.ts'
import { built, expectTrueGradients } from './reference.ts'

const images = tf.randomNormal([2, 3, 2, 4], 1, 3, 'float32', 5)

test('each place has a mean square of 1 over its channels, and keeps its direction', async () => {
  const output = pixelNormalization().apply(images) as tf.Tensor
  await expectClose(output.square().mean(-1), new Float32Array(12).fill(1), 1e-5)
  await expectClose(
    (pixelNormalization().apply(images.mul(7)) as tf.Tensor).sub(output).abs().max(),
    [0],
    1e-5,
  )
})

test('a place of zeros stays zero, and its slope is finite', async () => {
  const zeros = tf.zeros([1, 4])
  await expectClose(pixelNormalization().apply(zeros) as tf.Tensor, zeros, 0)
  const slope = tf.grad(x => (pixelNormalization({ epsilon: 0.25 }).apply(x) as tf.Tensor).sum())(zeros)
  await expectClose(slope, [2, 2, 2, 2], 1e-6)
})

test('its gradients are those of finite differences, in the first and the second order', () =>
  expectTrueGradients(pixelNormalization(), images))

test('it has no weights', () => {
  expect(built(pixelNormalization(), images).weights).toEqual([])
})

test('what it can not do it says', () => {
  expect(() => pixelNormalization({ epsilon: 0 })).toThrow(
    '[gankit/layers] pixelNormalization epsilon is 0, expected a finite number above 0',
  )
  expect(() => pixelNormalization().apply(tf.ones([3]))).toThrow(
    'pixelNormalization got input of shape [3], expected [n, ..., channels]: add an axis for the batch?',
  )
})
