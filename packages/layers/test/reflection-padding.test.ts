import { expectClose, finiteDifference } from '@gankit/testkit'
import * as tf from '@tensorflow/tfjs'
import { expect, test } from 'vitest'
import { reflectionPadding } from '../src/index.ts'
import { secondGradient } from './reference.ts'

test('the border is a reflection that leaves the outermost pixel out', async () => {
  const x = tf.tensor4d([1, 2, 3, 4, 5, 6], [1, 2, 3, 1])
  const output = reflectionPadding({ padding: [1, 0, 2, 1] }).apply(x) as tf.Tensor
  expect(output.shape).toEqual([1, 3, 6, 1])
  await expectClose(output, [6, 5, 4, 5, 6, 5, 3, 2, 1, 2, 3, 2, 6, 5, 4, 5, 6, 5], 0)
  const both = reflectionPadding({ padding: 1 }).apply(x) as tf.Tensor
  expect(both.shape).toEqual([1, 4, 5, 1])
})

test('padding of nothing gives the image', async () => {
  const x = tf.randomNormal([2, 1, 1, 3], 0, 1, 'float32', 1)
  await expectClose(reflectionPadding({ padding: 0 }).apply(x) as tf.Tensor, x, 0)
})

test.each([[1], [[0, 2, 3, 0]], [[2, 2, 3, 3]], [[0, 0, 0, 1]], [[1, 1, 0, 0]]] as const)(
  'with padding %j its gradients are those of finite differences',
  async padding => {
    const layer = reflectionPadding({ padding: padding as number })
    const at = tf.randomNormal([2, 3, 4, 2], 0, 1, 'float32', 3)
    const weights = tf.randomNormal((layer.apply(at) as tf.Tensor).shape, 0, 1, 'float32', 7)
    // The layer is linear: the square gives a second order.
    const f = (x: tf.Tensor) => (layer.apply(x) as tf.Tensor).square().mul(weights).sum() as tf.Scalar
    await expectClose(tf.grad(f)(at), await finiteDifference(f, at), 5e-3, 5e-3)
    const squaredSlope = (x: tf.Tensor) => tf.grad(f)(x).square().sum() as tf.Scalar
    await expectClose(secondGradient(f, at), await finiteDifference(squaredSlope, at), 2e-2, 1e-2)
  },
)

test('each pixel gets the gradients of all its reflections, in the second order too', async () => {
  const x = tf.tensor4d([1, 2, 3], [1, 1, 3, 1])
  const layer = reflectionPadding({ padding: [0, 0, 2, 2] })
  const f = (x: tf.Tensor) => (layer.apply(x) as tf.Tensor).square().sum() as tf.Scalar
  // 3 2 1 2 3 2 1: f = 2·x₁² + 3·x₂² + 2·x₃².
  await expectClose(tf.grad(f)(x), [4, 12, 12], 1e-6)
  await expectClose(secondGradient(f, x), [2 * 4 * 4, 2 * 6 * 12, 2 * 4 * 12], 1e-5)
})

test('it leaves no tensor behind', () => {
  const x = tf.ones([1, 4, 4, 2])
  const layer = reflectionPadding({ padding: 2 })
  const before = tf.memory().numTensors
  tf.dispose(layer.apply(x) as tf.Tensor)
  tf.dispose(tf.grad(x => (layer.apply(x) as tf.Tensor).square().sum())(x))
  expect(tf.memory().numTensors).toBe(before)
})

test('shapes are known before there are numbers', () => {
  const layer = reflectionPadding({ padding: [1, 2, 3, 4] })
  expect(layer.computeOutputShape([null, 8, null, 3])).toEqual([null, 11, null, 3])
  expect(layer.getConfig()).toMatchObject({ padding: [1, 2, 3, 4] })
})

test('what it can not do it says', () => {
  const expected = 'expected a whole number from 0 up, or four: [top, bottom, left, right]'
  expect(() => reflectionPadding({ padding: -1 })).toThrow(`reflectionPadding padding is -1, ${expected}`)
  expect(() => reflectionPadding({ padding: 0.5 })).toThrow(expected)
  expect(() => reflectionPadding({ padding: [1, 2] as unknown as number })).toThrow(expected)
  expect(() => reflectionPadding({ name: 'pad', padding: 3 }).apply(tf.ones([1, 4, 3, 2]))).toThrow(
    "[gankit/layers] reflectionPadding 'pad' got images of 4×3, expected sides above the padding [3,3,3,3]: a reflection has at most one pixel less than the side",
  )
  expect(() => reflectionPadding({ padding: [0, 0, 0, 2] }).apply(tf.input({ shape: [null, 2, 1] }))).toThrow(
    'expected sides above the padding',
  )
  expect(() => reflectionPadding({ padding: 1 }).apply(tf.ones([4, 4]))).toThrow('expected [n, h, w, c]')
})
