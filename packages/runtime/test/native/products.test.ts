import * as tf from '@tensorflow/tfjs'
import { describe, expect, test } from 'vitest'
import { expectSame, isNative, numbers, onNative, useNative } from './on-native.ts'

const transposed = [
  [false, false],
  [false, true],
  [true, false],
  [true, true],
] as const

/** a and b such that the product is [...batch, 19, 23]. */
function factors(a: number[], b: number[], [ta, tb]: readonly [boolean, boolean]): [tf.Tensor, tf.Tensor] {
  return [
    numbers([...a, ...(ta ? [21, 19] : [19, 21])], 1),
    numbers([...b, ...(tb ? [23, 21] : [21, 23])], 2),
  ]
}

describe.skipIf(!isNative)('products (skipped where native TensorFlow is not installed)', () => {
  test.each(transposed)('transposed %s %s: matrices and batches', async (...ts) => {
    for (const [a, b] of [
      [[], []],
      [[1], [1]],
      [[1], []],
      [[3], [3]],
      [[3], [1]],
      [
        [2, 3],
        [2, 3],
      ],
    ] as const) {
      const product = () => [tf.matMul(...factors([...a], [...b], ts), ...ts)]
      await expectSame(product)
      await expectSame(product, 0.03, 'mixed')
    }
  })

  test.each(transposed)('transposed %s %s: with a bias and an activation at once', async (...ts) => {
    for (const activation of ['linear', 'relu', 'sigmoid'] as const)
      for (const biasShape of [[23], [1, 23]]) {
        const product = () => {
          const [a, b] = factors([], [], ts)
          const bias = numbers(biasShape, 3)
          return [tf.fused.matMul({ a, b, bias, activation, transposeA: ts[0], transposeB: ts[1] })]
        }
        await expectSame(product)
        await expectSame(product, 0.03, 'mixed')
      }
  })

  test('the gradients of a dense layer', async () => {
    const gradients = () =>
      tf.grads((a, b, bias) =>
        tf.fused
          .matMul({ a: a!, b: b!, bias: bias!, activation: 'linear' })
          .mul(numbers([20, 33], 4))
          .sum(),
      )([numbers([20, 18], 1), numbers([18, 33], 2), numbers([33], 3)])
    await expectSame(gradients)
    await expectSame(gradients, 0.03, 'mixed')
  })

  test('thin products stay float32 in mixed precision', async () => {
    await expectSame(() => [tf.matMul(numbers([64, 50], 1), numbers([50, 1], 2))], 1e-5, 'mixed')
  })

  test('matrices of whole numbers', async () => {
    const product = () => [tf.matMul(tf.ones([2, 3], 'int32'), tf.ones([3, 2], 'int32')).toFloat()]
    expect((await onNative(product))[0]).toEqual(Float32Array.of(3, 3, 3, 3))
  })

  test('reshaping to the same shape gives a tensor of its own', async () => {
    await useNative()
    const x = numbers([2, 3], 1)
    const [same, inferred] = [x.reshape([2, 3]), x.reshape([-1, 3])]
    const before = await x.data()
    x.dispose()
    expect(await same.data()).toEqual(before)
    same.dispose()
    expect(await inferred.data()).toEqual(before)
    inferred.dispose()
    expect(inferred.isDisposed).toBe(true)
  })

  test('sums over any axes, and reshaping', async () => {
    for (const axes of [undefined, 0, 1, 2, [0, 1], [0, 2], [1, 2], [0, 1, 2], -1, [-2, -3]])
      for (const keep of [false, true]) await expectSame(() => [tf.sum(numbers([3, 4, 5], 1), axes, keep)])
    await expectSame(() => [tf.sum(numbers([7], 1), []), numbers([2, 6], 1).reshape([3, 4])])
    const whole = () => [tf.sum(tf.range(0, 6, 1, 'int32').reshape([2, 3]), 0).toFloat()]
    expect((await onNative(whole))[0]).toEqual(Float32Array.of(3, 5, 7))
  })
})
