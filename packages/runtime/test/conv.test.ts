import * as tf from '@tensorflow/tfjs'
import '@tensorflow/tfjs-backend-wasm'
import { beforeAll, expect, test } from 'vitest'
import { registerWasmTrainingKernels } from '../src/index.ts'
import { filterGradientByLoop } from '../src/wasm/conv2d-filter-loop.ts'
import { expectSameOnBoth } from './on-both.ts'

beforeAll(async () => {
  tf.enableProdMode()
  registerWasmTrainingKernels()
  await tf.setBackend('wasm')
})

const drawn = (shape: number[], seed: number) => tf.randomNormal(shape, 0, 1, 'float32', seed)

/** A convolution and both of its gradients; images that are not square, so that sides can't be mistaken. */
function convolution(kernel: number, stride: number, size: number, pad: 'same' | 'valid' | number) {
  return (channels: number, filters: number): tf.Tensor[] => {
    const x = drawn([2, size, size + 3, channels], 1)
    const filter = drawn([kernel, kernel, channels, filters], 2)
    const rounding = typeof pad === 'number' ? 'floor' : undefined
    const run = (x: tf.Tensor, filter: tf.Tensor) =>
      tf.conv2d(x as tf.Tensor4D, filter as tf.Tensor4D, stride, pad, 'NHWC', 1, rounding)
    const y = run(x, filter)
    return [y, ...tf.grads(run)([x, filter], drawn(y.shape, 3))]
  }
}

const channels: [number, number][] = [
  [1, 5],
  [3, 8],
  [9, 1],
  [17, 20],
]
const cases = [1, 2, 3, 4, 5, 7].flatMap(kernel =>
  [1, 2, 3].flatMap(stride => (['same', 'valid', 1] as const).map(pad => [kernel, stride, pad] as const)),
)

test.each(cases)(
  'a convolution with kernel %d, stride %d, padding %s and its gradients are those of the cpu backend',
  async (kernel, stride, pad) => {
    for (const size of [7, 8])
      await expectSameOnBoth(() =>
        channels.flatMap(([from, to]) => convolution(kernel, stride, size, pad)(from, to)),
      )
  },
)

test('sides of their own: strides, kernels and paddings that differ in height and width', async () => {
  await expectSameOnBoth(() => {
    const x = drawn([2, 9, 11, 3], 1) as tf.Tensor4D
    const filter = drawn([2, 5, 3, 7], 2) as tf.Tensor4D
    const padding: [number, number][] = [
      [0, 0],
      [1, 0],
      [0, 3],
      [0, 0],
    ]
    const run = (x: tf.Tensor, filter: tf.Tensor) =>
      tf.conv2d(
        x as tf.Tensor4D,
        filter as tf.Tensor4D,
        [3, 2],
        padding as [[number, number], [number, number], [number, number], [number, number]],
        'NHWC',
        1,
        'floor',
      )
    return [run(x, filter), ...tf.grads(run)([x, filter])]
  })
})

test.each([
  [5, 2, 14],
  [4, 2, 8],
  [3, 3, 9],
  [2, 3, 8],
])('a transposed convolution, kernel %d, stride %d, to %d points', async (kernel, stride, size) => {
  await expectSameOnBoth(() => {
    const from = Math.ceil(size / stride)
    const filter = drawn([kernel, kernel, 6, 10], 2)
    const run = (x: tf.Tensor, filter: tf.Tensor) =>
      tf.conv2dTranspose(x as tf.Tensor4D, filter as tf.Tensor4D, [2, size, size, 6], stride, 'same')
    const x = drawn([2, from, from, 10], 1)
    return [run(x, filter), ...tf.grads(run)([x, filter])]
  })
})

test('many rows, columns and channels are shared out and come together again', async () => {
  await expectSameOnBoth(() => convolution(5, 2, 28, 'same')(3, 130))
  await expectSameOnBoth(() => convolution(3, 1, 12, 'same')(130, 3))
})

test('a bias, and an activation behind it', async () => {
  await expectSameOnBoth(() => {
    const x = drawn([2, 9, 9, 5], 1) as tf.Tensor4D
    const filter = drawn([3, 3, 5, 11], 2) as tf.Tensor4D
    const shared = { x, filter, strides: 2, pad: 'same' as const, bias: drawn([11], 3) }
    return [tf.fused.conv2d(shared), tf.fused.conv2d({ ...shared, activation: 'relu' })]
  })
})

test('dilations are left to tfjs', async () => {
  await expectSameOnBoth(() => [
    tf.conv2d(
      drawn([2, 9, 9, 5], 1) as tf.Tensor4D,
      drawn([3, 3, 5, 4], 2) as tf.Tensor4D,
      1,
      'same',
      'NHWC',
      2,
    ),
  ])
})

test('the loop for engines without SIMD gives the same gradient of a filter', async () => {
  const kernel = tf.getKernel('Conv2DBackpropFilter', 'wasm')!
  tf.unregisterKernel('Conv2DBackpropFilter', 'wasm')
  tf.registerKernel({ ...kernel, kernelFunc: filterGradientByLoop })
  try {
    await expectSameOnBoth(() => convolution(4, 2, 7, 'same')(3, 2))
    await expectSameOnBoth(() => convolution(3, 3, 8, 1)(2, 5))
  } finally {
    tf.unregisterKernel('Conv2DBackpropFilter', 'wasm')
    tf.registerKernel(kernel)
  }
})

test('no tensor and no memory is left behind', async () => {
  await tf.setBackend('wasm')
  tf.tidy(() => void convolution(5, 2, 14, 'same')(8, 16))
  const before = tf.memory()
  for (let i = 0; i < 20; i++) tf.tidy(() => void convolution(5, 2, 14, 'same')(8, 16))
  expect(tf.memory().numTensors).toBe(before.numTensors)
  expect(tf.memory().numBytes).toBe(before.numBytes)
})
