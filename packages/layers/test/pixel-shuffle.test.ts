import { expectClose } from '@gankit/testkit'
import * as tf from '@tensorflow/tfjs'
import { expect, test } from 'vitest'
import { pixelShuffle } from '../src/index.ts'

test('channel c·r² + i·r + j goes to channel c at row i, column j', async () => {
  const output = pixelShuffle().apply(tf.range(0, 8).reshape([1, 1, 1, 8])) as tf.Tensor
  expect(output.shape).toEqual([1, 2, 2, 2])
  await expectClose(output, [0, 4, 1, 5, 2, 6, 3, 7], 0)
})

test('with the channels in its order it is tf.depthToSpace', async () => {
  const [factor, channels] = [3, 2]
  const x = tf.randomNormal([2, 2, 3, channels * factor ** 2], 0, 1, 'float32', 4) as tf.Tensor4D
  const order = tf
    .range(0, channels * factor ** 2, 1, 'int32')
    .reshape([channels, factor ** 2])
    .transpose()
  const reordered = x.gather(order.reshape([-1]).toInt(), 3) as tf.Tensor4D
  await expectClose(pixelShuffle({ factor }).apply(x) as tf.Tensor, tf.depthToSpace(reordered, factor), 0)
})

test('its gradients of every order only move numbers', async () => {
  const layer = pixelShuffle()
  const f = (x: tf.Tensor) => (layer.apply(x) as tf.Tensor).square().square().sum() as tf.Scalar
  const x = tf.randomNormal([2, 2, 1, 4], 0, 1, 'float32', 4)
  const slope = tf.grad(f)
  await expectClose(slope(x), x.square().mul(x).mul(4), 1e-5, 1e-5)
  await expectClose(tf.grad(x => slope(x).sum())(x), x.square().mul(12), 1e-5, 1e-5)
})

test('shapes are known before there are numbers', () => {
  const layer = pixelShuffle({ factor: 3 })
  expect(layer.computeOutputShape([null, 4, null, 18])).toEqual([null, 12, null, 2])
})

test('what it can not do it says', () => {
  expect(() => pixelShuffle({ factor: 0 })).toThrow(
    'pixelShuffle factor is 0, expected a whole number of at least 1',
  )
  expect(() => pixelShuffle().apply(tf.ones([1, 2, 2, 6]))).toThrow(
    '[gankit/layers] pixelShuffle got input of shape [1,2,2,6], expected [n, h, w, c] with c a multiple of factor² = 4: give the layer before it 4 times the filters',
  )
  expect(() => pixelShuffle().apply(tf.ones([4, 4]))).toThrow('pixelShuffle got input of shape [4,4]')
})
