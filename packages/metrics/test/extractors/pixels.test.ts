import { createHash } from 'node:crypto'
import * as tf from '@tensorflow/tfjs'
import { expect, test } from 'vitest'
import { extractFeatures, pixels } from '../../src/index.ts'

test('pixels are the numbers of the images, whatever their shape', async () => {
  async function* images() {
    yield tf.tensor4d([0, 0.1, 0.2, 0.3, -1, 1], [1, 1, 2, 3])
    yield tf.tensor4d([0.5, 0, 0, 0, 0, -0.5], [1, 1, 2, 3])
  }
  const { values, count, size } = await extractFeatures(images(), pixels())
  expect([count, size]).toEqual([2, 6])
  expect(values).toEqual(Float32Array.of(0, 0.1, 0.2, 0.3, -1, 1, 0.5, 0, 0, 0, 0, -0.5))
})

test('points are features too, out of the range of pictures', async () => {
  async function* points() {
    yield tf.tensor2d([2, -7, 3, 4], [2, 2])
  }
  expect((await extractFeatures(points(), pixels())).values).toEqual(Float32Array.of(2, -7, 3, 4))
})

test("the caller's images stay, and the hash is of the name", () => {
  const images = tf.tensor2d([1, 2], [1, 2])
  pixels().extract(images).features.dispose()
  expect(images.isDisposed).toBe(false)
  expect(Array.from(images.dataSync())).toEqual([1, 2])
  images.dispose()
  expect(pixels().sha256).toBe(createHash('sha256').update('pixels').digest('hex'))
})
