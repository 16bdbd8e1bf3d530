import { runTrainingKernel } from '@gankit/core'
import * as tf from '@tensorflow/tfjs'
import { expect, test } from 'vitest'
import { selectBackend } from '../src/node.ts'

const drawn = (shape: number[], seed: number) => tf.randomNormal(shape, 0, 1, 'float32', seed)

/** Products and convolutions large enough to be shared out, and their gradients. */
function results(): tf.Tensor[] {
  const [a, b] = [drawn([67, 301], 1), drawn([301, 129], 2)]
  const image = drawn([5, 19, 17, 3], 3) as tf.Tensor4D
  const filter = drawn([5, 5, 3, 16], 4) as tf.Tensor4D
  const product = (x: tf.Tensor, y: tf.Tensor) => tf.matMul(x, y).square().sum() as tf.Scalar
  return [
    tf.matMul(a, b),
    tf.matMul(a, drawn([129, 301], 5), false, true),
    tf.matMul(drawn([301, 67], 6), b, true, false),
    ...tf.grads(product)([a, b]),
    tf.conv2d(image, filter, 2, 'same'),
    tf.mean(a, 0),
    tf.sigmoid(a),
    ...runTrainingKernel('SquaredSum', { x: drawn([200_003], 7) }, {}),
  ]
}

test('one thread, two and eight give the same bits', async () => {
  const bits: number[][][] = []
  for (const threads of [1, 2, 8]) {
    expect((await selectBackend({ backend: 'wasm', threads })).threads).toBe(threads)
    const tensors = tf.tidy(results)
    bits.push(
      await Promise.all(
        tensors.map(async tensor => [...new Uint32Array((await tensor.data<'float32'>()).buffer)]),
      ),
    )
    tf.dispose(tensors)
  }
  expect(bits[1]).toEqual(bits[0])
  expect(bits[2]).toEqual(bits[0])
})
