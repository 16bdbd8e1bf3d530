import { createHash } from 'node:crypto'
import { readFileSync, statSync } from 'node:fs'
import { cartoonFaces } from '@gankit/datasets/node'
import { selectBackend } from '@gankit/runtime/node'
import * as tf from '@tensorflow/tfjs'
import { beforeAll, expect, test } from 'vitest'
import { halfBase64, sha256 } from '../../src/extractors/cartoon-face-weights.data.ts'
import { cartoonFaceFeatures, cartoonFaceLayers, extractFeatures } from '../../src/index.ts'

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

test('its layers see pictures of any size, pull at them, and are let go of', async () => {
  const before = tf.memory().numTensors
  const { layers, dispose } = await cartoonFaceLayers()
  const images = tf.randomUniform([2, 24, 40, 3], -1, 1, 'float32', 7) as tf.Tensor4D
  const shapes = tf.tidy(() => layers(images).map(({ shape }) => shape))
  expect(shapes).toEqual([
    [2, 12, 20, 16],
    [2, 6, 10, 32],
    [2, 3, 5, 64],
    [2, 2, 3, 64],
  ])
  // A finite difference along the gradient, of the last layer's sum.
  const [expected, measured] = tf.tidy(() => {
    const sum = (x: tf.Tensor) => layers(x).at(-1)!.sum() as tf.Scalar
    const slope = tf.grad(sum)(images)
    const step = 1e-2
    const along = slope.mul(step).div(slope.norm())
    const difference = sum(images.add(along)).sub(sum(images.sub(along)))
    return [slope.norm(), difference.div(2 * step)].map(tensor => tensor.dataSync<'float32'>()[0]!)
  }) as [number, number]
  expect(expected).toBeGreaterThan(0.1)
  expect(Math.abs(measured / expected - 1)).toBeLessThan(0.02)
  tf.tidy(() => {
    expect(() => layers(tf.zeros([1, 8, 8, 1]))).toThrow('expected [n, height, width, 3]: pictures in color')
  })
  images.dispose()
  dispose()
  expect(tf.memory().numTensors).toBe(before)
})
