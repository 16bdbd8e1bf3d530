import * as tf from '@tensorflow/tfjs'
import { expect, test } from 'vitest'
import {
  type AttributeClassifier,
  anyValue,
  canClassify,
  digitFeatures,
  measureConditionAccuracy,
} from '../../src/index.ts'

/** Sees in an image [2] of two numbers what these say: the first is the glasses, the second the hair. */
const extractor: AttributeClassifier = {
  name: 'reader',
  sha256: '0',
  attributes: [
    { name: 'hair', values: ['red', 'black'] },
    { name: 'nose', values: ['small', 'large'] },
    { name: 'glasses', values: ['none', 'round'] },
  ],
  extract: images => ({ features: images as tf.Tensor2D }),
  async classifyAttributes(images) {
    const values = await images.data()
    return Uint8Array.from({ length: (3 * values.length) / 2 }, (_, i) =>
      i % 3 === 1 ? 0 : values[2 * Math.floor(i / 3) + (i % 3 === 0 ? 1 : 0)]!,
    )
  },
}
// The values of hair in another order than the extractor has them.
const conditions = [
  { name: 'glasses', values: ['none', 'round'] },
  { name: 'hair', values: ['black', 'red'] },
]
async function* pieces(...rows: [glasses: number, hair: number][][]) {
  for (const piece of rows) yield tf.tensor2d(piece)
}

test('what a sample was not asked to have is neither right nor wrong', async () => {
  const options = {
    extractor,
    conditions,
    count: 3,
    split: 'some',
    seeds: [0],
    metric: 'caption-accuracy',
    fakes: () => ({
      images: pieces([
        [1, 0],
        [0, 1],
        [0, 0],
      ]),
      // Of the three pictures the first two are to have or not have glasses, and the last two red hair.
      codes: [1, anyValue, 1, 1, anyValue, 1],
    }),
  }
  const real = () => ({ images: pieces([[1, 0], [1, 0], [1, 0]]), codes: [1, 1, 1, 1, 1, 1] }) // biome-ignore format: rows
  const values = await measureConditionAccuracy({ ...options, real: real() })
  expect(values['caption-accuracy-glasses']).toMatchObject({ value: 0.5 })
  expect(values['caption-accuracy-hair']).toMatchObject({ value: 0.5 })
  expect(values['caption-accuracy']).toMatchObject({ value: 0.5, floor: 1 })
  const nobody = { images: pieces([[1, 0], [1, 0], [1, 0]]), codes: [anyValue, 1, anyValue, 1, anyValue, 1] } // biome-ignore format: rows
  await expect(measureConditionAccuracy({ ...options, real: nobody })).rejects.toThrow(
    'none of 3 samples was drawn for a value of glasses, expected some',
  )
})

test('accuracies by hand, over all and for each, beside those of real samples', async () => {
  const { numTensors } = tf.memory()
  const values = await measureConditionAccuracy({
    extractor,
    conditions,
    count: 4,
    split: 'some',
    seeds: [5, 6],
    fakes: seed => ({
      // Glasses 1, 1, 0, 0 and hair red, black, black, red; with seed 6 nobody has glasses.
      images: pieces(
        [[seed === 5 ? 1 : 0, 0]],
        [
          [seed === 5 ? 1 : 0, 1],
          [0, 1],
          [0, 0],
        ],
      ),
      // Asked for: round and red, round and red, none and red, round and red.
      codes: [1, 1, 1, 1, 0, 1, 1, 1],
    }),
    real: {
      images: pieces([
        [1, 0],
        [0, 0],
        [1, 1],
        [0, 0],
        [1, 1],
      ]),
      codes: [1, 1, 0, 1, 1, 1, 0, 1],
    },
  })
  expect(values['condition-accuracy-glasses']).toMatchObject({ values: [0.75, 0.25], floor: 1 })
  expect(values['condition-accuracy-hair']).toMatchObject({ values: [0.5, 0.5], floor: 0.75 })
  expect(values['condition-accuracy']).toMatchObject({
    value: 0.5,
    values: [0.625, 0.375],
    floor: 0.875,
    better: 'more',
    nFake: 4,
    seeds: [5, 6],
  })
  expect(tf.memory().numTensors).toBe(numTensors)
})

test('too few samples are refused', async () => {
  const few = { images: pieces([[1, 0]]), codes: [1, 1] }
  await expect(
    measureConditionAccuracy({ extractor, conditions, count: 2, split: 'some', fakes: () => few, real: few }),
  ).rejects.toThrow('[gankit/metrics] there are 1 samples with attributes, expected 2: ask for fewer')
})

test('an extractor classifies the attributes that it has', async () => {
  expect(canClassify(extractor, conditions)).toBe(true)
  expect(canClassify(extractor, [{ name: 'age', values: ['young', 'old'] }])).toBe(false)
  expect(canClassify(extractor, [])).toBe(false)
  const digits = await digitFeatures()
  expect(canClassify(digits, [{ name: 'class', values: ['0', '1'] }])).toBe(true)
  digits.dispose()
})

test('digitFeatures classifies real digits', async () => {
  const { mnist } = await import('@gankit/datasets')
  const digits = await digitFeatures()
  const batches = (await mnist()).batches({ size: 200, shuffle: false, position: { epoch: 0, batch: 45 } })
  const { value } = await batches.next()
  const told = await digits.classifyAttributes!(value.samples)
  const right = told.filter((code, i) => code === value.labels[i]).length
  // 99.1% of all held-out ones.
  expect(right).toBeGreaterThan(190)
  value.samples.dispose()
  digits.dispose()
})
