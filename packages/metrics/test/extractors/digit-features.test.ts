import { createHash } from 'node:crypto'
import { readFileSync, statSync } from 'node:fs'
import { mnist } from '@gankit/datasets'
import { selectBackend } from '@gankit/runtime/node'
import * as tf from '@tensorflow/tfjs'
import { beforeAll, expect, test } from 'vitest'
import { halfBase64, sha256 } from '../../src/extractors/digit-weights.data.ts'
import { digitFeatures, digitsSplit, extractFeatures } from '../../src/index.ts'
import { heldOutDigits } from './held-out-digits.ts'

const fixture = JSON.parse(
  readFileSync(new URL('../fixtures/digit-logits.json', import.meta.url), 'utf8'),
) as {
  sha256: string
  first: number
  count: number
  features: number[]
  logits: number[]
}

beforeAll(() => selectBackend({ backend: 'wasm' }))

test('the weights are those that the hash is of, and small', async () => {
  expect(createHash('sha256').update(Buffer.from(halfBase64, 'base64')).digest('hex')).toBe(sha256)
  const digits = await digitFeatures()
  expect(digits.sha256).toBe(sha256)
  expect(readFileSync(new URL('../../models/digits.md', import.meta.url), 'utf8')).toContain(sha256)
  const file = new URL('../../src/extractors/digit-weights.data.ts', import.meta.url)
  expect(statSync(file).size).toBeLessThan(1e6)
  digits.dispose()
})

test('digits that it has never seen are told apart, as the model card says', async () => {
  const digits = await digitFeatures()
  const { labels, images } = await heldOutDigits()
  const { logits, count, size } = await extractFeatures(images(), digits)
  digits.dispose()
  expect([count, size]).toEqual([2000, 128])
  let [right, top] = [0, 0]
  for (const [i, label] of labels.entries()) {
    const row = logits!.subarray(10 * i, 10 * i + 10)
    const most = Math.max(...row)
    top += 1 / row.reduce((sum, logit) => sum + Math.exp(logit - most), 0) / count
    if (row.indexOf(most) === label) right++
  }
  // Of another backend's rounding one digit may fall to the other side.
  expect(Math.abs(right - 1982)).toBeLessThanOrEqual(1)
  expect(top).toBeCloseTo(0.9942, 3)
})

test('features and logits are those of PyTorch', async () => {
  expect(fixture.sha256).toBe(sha256)
  const { first, count } = fixture
  const position = { epoch: 0, batch: first / count }
  const batches = (await mnist()).batches({ size: count, shuffle: false, position })
  const samples = (await batches.next()).value!.samples as tf.Tensor
  const digits = await digitFeatures()
  const seen = digits.extract(samples)
  const [features, logits] = await Promise.all([seen.features.data(), seen.logits!.data()])
  const furthest = (got: ArrayLike<number>, expected: number[]) =>
    Math.max(...expected.map((value, i) => Math.abs(value - got[i]!)))
  expect([features.length, logits.length]).toEqual([count * 128, count * 10])
  expect(furthest(features, fixture.features)).toBeLessThan(1e-4)
  expect(furthest(logits, fixture.logits)).toBeLessThan(1e-4)
  tf.dispose([samples, seen.features, seen.logits!])
  digits.dispose()
})

test('no tensor stays behind, and the same images give the same features', async () => {
  const before = tf.memory().numTensors
  const digits = await digitFeatures()
  const { images } = await heldOutDigits(1000)
  const [first, second] = [
    await extractFeatures(images(), digits, { count: 300, batch: 128 }),
    await extractFeatures(images(), digits, { count: 300, batch: 128 }),
  ]
  expect(second).toEqual(first)
  digits.dispose()
  expect(tf.memory().numTensors).toBe(before)
})

test('images of another size are refused, with a way out', async () => {
  const digits = await digitFeatures()
  const wide = tf.zeros([2, 32, 32, 1])
  expect(() => digits.extract(wide)).toThrow(/\[2,32,32,1\], expected \[n, 28, 28, 1\]: resize them yourself/)
  wide.dispose()
  digits.dispose()
})

test('the parts of the split share nothing and hold every class', async () => {
  const { trained, heldOut } = digitsSplit
  expect([trained.from, trained.to, heldOut.to]).toEqual([0, heldOut.from, (await mnist()).size])
  const { labels, images } = await heldOutDigits()
  for await (const piece of images()) piece.dispose()
  const counts = Array.from({ length: 10 }, (_, digit) => labels.filter(label => label === digit).length)
  expect(counts).toEqual([196, 234, 197, 191, 194, 180, 192, 213, 205, 198])
})
