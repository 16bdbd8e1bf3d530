import { forward } from '@gankit/core'
import * as tf from '@tensorflow/tfjs'
import { beforeAll, expect, test } from 'vitest'
import { encodeLabels, labelColors, labelPlanes, type Palette } from '../src/index.ts'

beforeAll(() => tf.setBackend('cpu'))

const palette: Palette = [
  [255, 255, 255],
  [255, 205, 165],
  [130, 75, 40],
  [30, 30, 40],
  [40, 125, 215],
]

/** A picture [1, 2, 5, 3] of each color, and of each color a little off. */
const colors = (miss: number) =>
  tf.tensor(
    [0, miss].flatMap(off => palette.flatMap(color => color.map(level => Math.abs(level - off) / 127.5 - 1))),
    [1, 2, 5, 3],
  )
const oneHot = () =>
  tf.tensor(
    [...palette.keys(), ...palette.keys()].flatMap(label => palette.map((_, i) => Number(i === label))),
    [1, 2, 5, 5],
  )

const largest = (difference: tf.Tensor) => tf.max(tf.abs(difference)).dataSync()[0]!

test('a picture in the colors of a palette becomes a plane a label, colors that are a little off too', () => {
  const input = tf.input({ shape: [2, 5, 3] })
  const model = tf.model({ inputs: input, outputs: labelPlanes(input, palette) })
  expect(largest(forward(model, colors(20)).sub(oneHot()))).toBeLessThan(1e-6)
  expect(largest(encodeLabels(colors(20), palette).sub(oneHot()))).toBe(0)
  expect(model.trainableWeights).toEqual([])
})

test('logits are shown in the color of the likeliest label', () => {
  const input = tf.input({ shape: [2, 5, 5] })
  const model = tf.model({ inputs: input, outputs: labelColors(input, palette) })
  // The likeliest label leads by 0.2.
  const logits = oneHot().mul(0.2).add(1.5)
  expect(largest(forward(model, logits).sub(colors(0)))).toBeLessThan(1e-5)
})

test.each([
  [[[0, 0, 0]], 'palette is 1, expected at least two colors'],
  [
    [
      [0, 0, 0],
      [1, 2, 300],
    ],
    "palette color is '1 2 300', expected three whole numbers from 0 to 255",
  ],
  [
    [
      [10, 10, 10],
      [15, 12, 10],
    ],
    'the colors 10 10 10 and 15 12 10 for labels 0 and 1, expected colors that differ by more',
  ],
])('%j is refused', (wrong, message) => {
  const input = tf.input({ shape: [2, 5, 3] })
  expect(() => labelPlanes(input, wrong as unknown as Palette)).toThrow(message)
})
