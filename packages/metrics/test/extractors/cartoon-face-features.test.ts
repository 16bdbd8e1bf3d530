import { createHash } from 'node:crypto'
import { readFileSync, statSync } from 'node:fs'
import { cartoonFaces } from '@gankit/datasets/node'
import { selectBackend } from '@gankit/runtime/node'
import * as tf from '@tensorflow/tfjs'
import { beforeAll, expect, test } from 'vitest'
import { halfBase64, sha256 } from '../../src/extractors/cartoon-face-weights.data.ts'
import { cartoonFaceFeatures, extractFeatures } from '../../src/index.ts'

beforeAll(() => selectBackend({ backend: 'wasm' }))

/** The first of the default faces, which it has never seen. */
const count = 500
const faces = () => cartoonFaces({ count })

test('the weights are those that the hash is of, and small', async () => {
  expect(createHash('sha256').update(Buffer.from(halfBase64, 'base64')).digest('hex')).toBe(sha256)
  const file = new URL('../../src/extractors/cartoon-face-weights.data.ts', import.meta.url)
  expect(statSync(file).size).toBeLessThan(1e6)
  expect(readFileSync(new URL('../../models/cartoon-faces.md', import.meta.url), 'utf8')).toContain(sha256)
})

test('attributes of faces that it has never seen are told', async () => {
  const before = tf.memory().numTensors
  const extractor = await cartoonFaceFeatures()
  const drawn = await faces()
  const { attributes } = drawn
  expect(extractor.attributes).toEqual(attributes)
  const right = new Array<number>(attributes!.length).fill(0)
  for await (const batch of drawn.batches({ size: 250, shuffle: false, epochs: 1 })) {
    const told = await extractor.classifyAttributes(batch.samples)
    for (const [i, code] of told.entries())
      if (code === batch.attributes![i]) right[i % right.length]! += 1 / count
    batch.samples.dispose()
  }
  const least = {
    hair: 0.97,
    'hair-color': 0.91,
    skin: 0.99,
    eyes: 0.99,
    glasses: 0.99,
    nose: 0.97,
    mouth: 0.99,
    'facial-hair': 0.88,
    'clothes-color': 0.99,
  }
  for (const [i, { name }] of attributes!.entries())
    expect(right[i], name).toBeGreaterThan(least[name as keyof typeof least])
  extractor.dispose()
  await drawn.close?.()
  expect(tf.memory().numTensors).toBe(before)
})

test('128 features a face, the same each time', async () => {
  const extractor = await cartoonFaceFeatures()
  const drawn = await faces()
  async function* images() {
    for await (const { samples } of drawn.batches({ size: 100, shuffle: false, epochs: 1 })) yield samples
  }
  const seen = await extractFeatures(images(), extractor, { count: 150 })
  expect([seen.count, seen.size, seen.logits]).toEqual([150, 128, undefined])
  expect(await extractFeatures(images(), extractor, { count: 150 })).toEqual(seen)
  const small = tf.zeros([2, 32, 32, 3])
  expect(() => extractor.extract(small)).toThrow(/expected \[n, 64, 64, 3\]: resize them yourself/)
  await expect(extractor.classifyAttributes(small)).rejects.toThrow(/expected \[n, 64, 64, 3\]/)
  small.dispose()
  extractor.dispose()
  await drawn.close?.()
})
