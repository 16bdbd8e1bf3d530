import * as tf from '@tensorflow/tfjs'
import { describe, expect, test } from 'vitest'
import { expectSame, isNative, numbers, onNative } from './on-native.ts'

const combine = <A, B>(as: readonly A[], bs: readonly B[]): [A, B][] =>
  as.flatMap(a => bs.map(b => [a, b] as [A, B]))

/** y, and the gradients of Σ y·c in x and in the filter, with numbers c that differ from place to place. */
function everything(
  height: number,
  width: number,
  [inChannels, outChannels]: readonly [number, number],
  kernel: number,
  stride: number,
  pad: 'same' | 'valid',
): tf.Tensor[] {
  const x = numbers([3, height, width, inChannels], 1) as tf.Tensor4D
  const filter = numbers([kernel, kernel, inChannels, outChannels], 2) as tf.Tensor4D
  const y = tf.conv2d(x, filter, stride, pad)
  const c = numbers(y.shape, 3)
  const gradients = tf.grads((x, filter) =>
    tf
      .conv2d(x as tf.Tensor4D, filter as tf.Tensor4D, stride, pad)
      .mul(c)
      .sum(),
  )([x, filter])
  return [y, ...gradients]
}

describe.skipIf(!isNative)('convolutions (skipped where native TensorFlow is not installed)', () => {
  const channels = [
    [1, 5],
    [3, 2],
    [17, 4],
  ] as const
  const geometries = combine(combine([1, 2, 3, 4, 5, 7], [1, 2, 3]), ['same', 'valid'] as const)

  test.each(channels)('%i to %i channels, with both gradients, as on plain JavaScript', async (...both) => {
    for (const [[kernel, stride], pad] of geometries)
      for (const [height, width] of [
        [8, 7],
        [9, 12],
      ] as const)
        await expectSame(() => everything(height, width, both, kernel, stride, pad))
  })

  // Vectors of 16 channels that come in pairs, and one left over: where oneDNN goes wrong on Zen 5.
  test.each([
    [48, 5],
    [80, 48],
    [96, 8],
    [144, 20],
  ] as const)('%i to %i channels too, strided or not', async (...both) => {
    for (const kernel of [1, 2, 3, 5])
      for (const stride of [1, 2, 3]) await expectSame(() => everything(6, 7, both, kernel, stride, 'same'))
  })

  test('the sizes of a DCGAN, where each of the faster ways is taken', async () => {
    await expectSame(() => everything(28, 28, [1, 8], 5, 2, 'same'))
    await expectSame(() => everything(8, 8, [32, 16], 5, 2, 'same'))
    await expectSame(() => everything(8, 8, [32, 16], 4, 2, 'same'), 0.03, 'mixed')
    await expectSame(() => everything(28, 28, [1, 8], 5, 2, 'same'), 0.03, 'mixed')
  })

  test.each(['linear', 'relu', 'prelu', 'leakyrelu'] as const)(
    'with a bias and %s at once',
    async activation => {
      const fused = () => [
        tf.fused.conv2d({
          x: numbers([2, 6, 5, 3], 1) as tf.Tensor4D,
          filter: numbers([3, 3, 3, 18], 2) as tf.Tensor4D,
          strides: 2,
          pad: 'same',
          bias: numbers([18], 3) as tf.Tensor1D,
          activation,
          ...(activation === 'prelu' && { preluActivationWeights: numbers([18], 4) }),
          leakyreluAlpha: 0.3,
        }),
      ]
      await expectSame(fused)
      await expectSame(fused, 0.03, 'mixed')
    },
  )

  test.each([true, false])('a fused one is computed in short floats, with a bias: %s', async biased => {
    const [values] = await onNative(() => {
      const x = numbers([2, 6, 5, 16], 1) as tf.Tensor4D
      const filter = numbers([3, 3, 16, 3], 2) as tf.Tensor4D
      const bias = numbers([3], 3) as tf.Tensor1D
      return [tf.fused.conv2d({ x, filter, strides: 1, pad: 'same', ...(biased && { bias }) })]
    }, 'mixed')
    expect(new Uint32Array(values!.buffer).every(bits => (bits & 0xffff) === 0)).toBe(true)
  })

  test('explicit padding is left to the stock kernel', async () => {
    const run = () => [
      tf.conv2d(numbers([1, 5, 5, 1], 1) as tf.Tensor4D, tf.ones([3, 3, 1, 1]), 1, [
        [0, 0],
        [9, 9],
        [1, 1],
        [0, 0],
      ]),
    ]
    expect((await onNative(run))[0]).toHaveLength(21 * 5)
  })
})
