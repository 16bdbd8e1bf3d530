import type { Generator } from '@gankit/core'
import * as tf from '@tensorflow/tfjs'
import { beforeAll, expect, test } from 'vitest'
import { translatePicture } from '../src/index.ts'

beforeAll(() => tf.setBackend('cpu'))

/** A generator whose convolutions of side 3 give each pixel the sum of its neighbors' differences; reflection would show. */
function generatorOf(side: number, scale = 1): Generator {
  const kernel = tf.tidy(() =>
    tf.tensor4d(
      [0, 1, 0, 1, -3, 1, 0, 1, 0].map(value => value / 4),
      [3, 3, 1, 1],
    ),
  )
  const input = tf.input({ shape: [side, side, 1] })
  const convolution = tf.layers.conv2d({ filters: 1, kernelSize: 3, padding: 'same', useBias: false })
  let x = convolution.apply(input) as tf.SymbolicTensor
  convolution.setWeights([kernel])
  if (scale > 1) x = tf.layers.upSampling2d({ size: [scale, scale] }).apply(x) as tf.SymbolicTensor
  return {
    model: tf.model({ inputs: input, outputs: x }),
    condition: { kind: 'image', shape: [side, side, 1] },
    sampleShape: [side * scale, side * scale, 1],
  }
}

const pictureOf = (height: number, width: number) => ({
  values: Float32Array.from({ length: height * width }, (_, i) => Math.sin(i * 0.37)),
  shape: [height, width, 1] as const,
})

test('inside of a picture, tiles give what the whole would', async () => {
  const [height, width] = [41, 29]
  const picture = pictureOf(height, width)
  const generator = generatorOf(16)
  const { values, shape } = await translatePicture(generator, picture, { overlap: 8 })
  expect(shape).toEqual([height, width, 1])
  const at = (y: number, x: number) => picture.values[y * width + x]!
  // The outermost pixels of a tile see zeros in place of neighbors, and count least: here they are left out.
  const lone = await translatePicture(generatorOf(64), picture)
  for (let y = 1; y < height - 1; y++)
    for (let x = 1; x < width - 1; x++) {
      const expected = (at(y - 1, x) + at(y + 1, x) + at(y, x - 1) + at(y, x + 1) - 3 * at(y, x)) / 4
      expect(lone.values[y * width + x]).toBeCloseTo(expected, 5)
      expect(Math.abs(values[y * width + x]! - expected)).toBeLessThan(0.06)
    }
})

test('a generator that enlarges gives a picture as many times as large', async () => {
  const { shape, values } = await translatePicture(generatorOf(8, 4), pictureOf(20, 8), { overlap: 2 })
  expect(shape).toEqual([80, 32, 1])
  expect(values.every(Number.isFinite)).toBe(true)
})

test('a picture of one pixel is reflected into a tile', async () => {
  const { values } = await translatePicture(generatorOf(8), {
    values: Float32Array.of(0.5),
    shape: [1, 1, 1],
  })
  expect(values[0]).toBeCloseTo(0.125, 5)
})

test('tiles are told while some are left, and an error of who hears it ends the work', async () => {
  const told: string[] = []
  const heard = {
    overlap: 0,
    onTiles: (done: number, total: number) => void told.push(`${done} of ${total}`),
  }
  await translatePicture(generatorOf(8), pictureOf(48, 56), heard)
  expect(told).toEqual(['16 of 42', '32 of 42'])
  const refuse = { overlap: 0, onTiles: () => Promise.reject(new Error('enough')) }
  await expect(translatePicture(generatorOf(8), pictureOf(48, 56), refuse)).rejects.toThrow('enough')
  await expect(translatePicture(generatorOf(8), pictureOf(8, 8), refuse)).resolves.toBeTruthy()
})

test('no tensor is left', async () => {
  const generator = generatorOf(8)
  const before = tf.memory().numTensors
  await translatePicture(generator, pictureOf(30, 30))
  expect(tf.memory().numTensors).toBe(before)
})

test.each([
  [{ overlap: 16 }, 'overlap is 16, expected less than the side of a tile, 16'],
  [{ overlap: -1 }, 'overlap is -1'],
])('%j is refused', async (options, message) => {
  await expect(translatePicture(generatorOf(16), pictureOf(20, 20), options)).rejects.toThrow(message)
})

test('a picture of other channels, and a generator of noise, are refused', async () => {
  const color = { values: new Float32Array(48), shape: [4, 4, 3] as const }
  await expect(translatePicture(generatorOf(16), color)).rejects.toThrow(
    'has 3 channels, expected 1: make it gray',
  )
  const { model } = generatorOf(16)
  const fromNoise: Generator = {
    model,
    noise: { size: 3, prior: { name: 'normal', mean: 0, std: 1 } },
    sampleShape: [4, 4, 1],
  }
  await expect(translatePicture(fromNoise, color)).rejects.toThrow(
    'starts from noise, expected one that turns pictures into pictures',
  )
})
