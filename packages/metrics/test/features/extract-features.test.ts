import * as tf from '@tensorflow/tfjs'
import { beforeEach, expect, test } from 'vitest'
import { type Extractor, extractFeatures, pixels } from '../../src/index.ts'

/** Images of 1×2 pixels that count up, in pieces of these sizes. */
async function* counting(...sizes: number[]) {
  let next = 0
  for (const size of sizes) {
    const values = Float32Array.from({ length: 2 * size }, (_, i) => (next + i) / 1000)
    next += 2 * size
    yield tf.tensor4d(values, [size, 1, 2, 1])
  }
}

async function* pieces(...given: tf.Tensor[]) {
  yield* given
}

const picture = (values: number[]) => tf.tensor4d(values, [values.length / 2, 1, 2, 1])

let before = 0
beforeEach(() => {
  before = tf.memory().numTensors
})

/** Runs nine images through, and tells the batches that the extractor got. */
async function batchesOf(sizes: number[], options: { batch: number; count?: number }) {
  const got: number[] = []
  const { extract, ...rest } = pixels()
  const watched: Extractor = {
    ...rest,
    extract(images) {
      got.push(images.shape[0]!)
      return extract(images)
    },
  }
  return { got, features: await extractFeatures(counting(...sizes), watched, options) }
}

test.each([
  { sizes: [9], batch: 4, got: [4, 4, 1] },
  { sizes: [1, 1, 1, 2, 4], batch: 4, got: [4, 4, 1] },
  { sizes: [3, 6], batch: 100, got: [9] },
  { sizes: [4, 5], batch: 1, got: [1, 1, 1, 1, 1, 1, 1, 1, 1] },
  { sizes: [8, 8], batch: 4, count: 9, got: [4, 4, 1] },
  { sizes: [9, 9], batch: 20, count: 9, got: [9] },
])('pieces of $sizes in batches of $batch come in their order', async ({ sizes, got, ...options }) => {
  const { got: seen, features } = await batchesOf(sizes, options)
  expect(seen).toEqual(got)
  expect(features.count).toBe(9)
  expect(features.size).toBe(2)
  expect(features.values).toEqual(Float32Array.from({ length: 18 }, (_, i) => i / 1000))
  expect(tf.memory().numTensors).toBe(before)
})

test('no more pieces are taken than the count needs', async () => {
  let [taken, ended] = [0, false]
  async function* endless() {
    try {
      for (;;) {
        taken++
        yield* counting(5)
      }
    } finally {
      ended = true
    }
  }
  await extractFeatures(endless(), pixels(), { count: 10, batch: 3 })
  expect([taken, ended]).toEqual([2, true])
})

test('logits are gathered beside the features', async () => {
  const extractor: Extractor = {
    name: 'sums',
    sha256: '',
    extract: images => ({
      features: tf.tidy(() => tf.reshape(images, [-1, 2])),
      logits: tf.tidy(() => tf.sum(tf.reshape(images, [-1, 2]), 1, true) as tf.Tensor2D),
    }),
  }
  const { logits } = await extractFeatures(counting(2, 1), extractor, { batch: 2 })
  expect(Array.from(logits!, value => Math.round(1000 * value))).toEqual([1, 5, 9])
  expect(tf.memory().numTensors).toBe(before)
})

test('the host gets its turn between batches', async () => {
  let turns = 0
  const timer = setInterval(() => turns++, 0)
  let seen = 0
  const { extract, ...rest } = pixels()
  const busy: Extractor = {
    ...rest,
    extract(images) {
      const until = performance.now() + 5
      while (performance.now() < until);
      seen = turns
      return extract(images)
    },
  }
  await extractFeatures(counting(20), busy, { batch: 1 })
  clearInterval(timer)
  expect(seen).toBeGreaterThanOrEqual(10)
})

test.each<[string, () => AsyncIterable<tf.Tensor>, RegExp]>([
  ['NaN', () => pieces(picture([0, 1]), picture([0, Number.NaN])), /NaN among the pixels/],
  ['infinity', () => pieces(picture([0, Infinity])), /Infinity among the pixels/],
  ['bytes', () => pieces(picture([0, 255])), /go from 0 to 255, expected −1 to 1: scale bytes/],
  ['a black screen', () => pieces(picture([-1, -1]), picture([-1, -1])), /all 2 images are one flat -1/],
  ['no images', () => pieces(), /there are 0 images, expected at least 1/],
  ['an empty piece', () => pieces(tf.zeros([0, 1, 2, 1])), /there are 0 images/],
  [
    'mixed sizes',
    () => pieces(picture([0, 1]), tf.zeros([1, 2, 2, 1])),
    /\[1,2,2,1\] come after \[1,1,2,1\]/,
  ],
  ['no batch dimension', () => pieces(tf.tensor1d([1, 2])), /\[2\] come after \[2\]|images of shape \[2\]/],
])('%s is refused, and nothing stays behind', async (_, images, message) => {
  const asked = extractFeatures(images(), pixels(), { batch: 1 })
  await expect(asked).rejects.toThrow(message)
  await expect(asked).rejects.toMatchObject({ gankit: true, package: 'metrics', kind: 'data' })
  expect(tf.memory().numTensors).toBe(before)
})

test('flat images that differ, and bright ends after resizing, are fine', async () => {
  await extractFeatures(pieces(picture([-1, -1]), picture([1.0005, 1.0005])), pixels())
})

test('too few images are refused', async () => {
  await expect(extractFeatures(counting(5), pixels(), { count: 6 })).rejects.toThrow(
    'there are 5 images, expected 6',
  )
})

test.each([{ batch: 0 }, { batch: 1.5 }, { count: 0 }])('options %o are refused', async options => {
  await expect(extractFeatures(counting(5), pixels(), options)).rejects.toMatchObject({ kind: 'option' })
})

test("an extractor's shape and its broken numbers are told", async () => {
  const sized: Extractor = { ...pixels(), imageShape: [28, 28, 1] }
  await expect(extractFeatures(counting(2), sized)).rejects.toThrow(/pixels got images of shape \[2,1,2,1\]/)
  const broken: Extractor = { ...pixels(), extract: () => ({ features: tf.tensor2d([[Number.NaN]]) }) }
  await expect(extractFeatures(counting(1), broken)).rejects.toThrow("features that aren't finite")
  expect(tf.memory().numTensors).toBe(before)
})
