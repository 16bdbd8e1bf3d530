import { createHash } from 'node:crypto'
import { readFileSync, statSync } from 'node:fs'
import { birds } from '@gankit/datasets/node'
import { selectBackend } from '@gankit/runtime/node'
import * as tf from '@tensorflow/tfjs'
import { beforeAll, expect, test } from 'vitest'
import { halfBase64, sha256 } from '../../src/extractors/bird-weights.data.ts'
import {
  birdFeatures,
  chooseShippedExtractor,
  type DisposableExtractor,
  shippedExtractors,
} from '../../src/index.ts'

beforeAll(() => selectBackend({ backend: 'wasm' }))

/** The first of the default birds, which it has never seen. */
const count = 500

test('the weights are those that the hash is of, and small', async () => {
  expect(createHash('sha256').update(Buffer.from(halfBase64, 'base64')).digest('hex')).toBe(sha256)
  const file = new URL('../../src/extractors/bird-weights.data.ts', import.meta.url)
  expect(statSync(file).size).toBeLessThan(1e6)
  expect(readFileSync(new URL('../../models/birds.md', import.meta.url), 'utf8')).toContain(sha256)
})

test('attributes of birds that it has never seen are told', async () => {
  const before = tf.memory().numTensors
  const extractor = await birdFeatures()
  const drawn = await birds({ count })
  const { attributes } = drawn
  expect(extractor.attributes).toEqual(attributes)
  const right = new Array<number>(attributes!.length).fill(0)
  for await (const batch of drawn.batches({ size: 250, shuffle: false, epochs: 1 })) {
    const told = await extractor.classifyAttributes(batch.samples)
    for (const [i, code] of told.entries())
      if (code === batch.attributes![i]) right[i % right.length]! += 1 / count
    const { features, logits } = extractor.extract(batch.samples)
    expect([features.shape, logits]).toEqual([[250, 128], undefined])
    features.dispose()
    batch.samples.dispose()
  }
  const least: Readonly<Record<string, number>> = { 'eye-ring': 0.93, beak: 0.96 }
  for (const [i, { name }] of attributes!.entries())
    expect(right[i], name).toBeGreaterThan(least[name] ?? 0.98)
  const small = tf.zeros([2, 32, 32, 3])
  expect(() => extractor.extract(small)).toThrow('birdFeatures')
  small.dispose()
  extractor.dispose()
  await drawn.close?.()
  expect(tf.memory().numTensors).toBe(before)
})

test('it is the one for birds of its size, and for nothing else', async () => {
  expect(chooseShippedExtractor('birds', [64, 64, 3])).toBe('birds')
  expect(chooseShippedExtractor('birds', [32, 32, 3])).toBe('pixels')
  expect(chooseShippedExtractor('cartoon', [64, 64, 3], 'personas')).toBe('cartoon-faces')
  const extractor = (await shippedExtractors['birds']!.create()) as DisposableExtractor
  expect([extractor.name, extractor.sha256]).toEqual(['birds', sha256])
  extractor.dispose()
})
