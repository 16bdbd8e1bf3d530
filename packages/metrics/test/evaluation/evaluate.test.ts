import type { Dataset } from '@gankit/core'
import { randomStream } from '@gankit/core'
import * as tf from '@tensorflow/tfjs'
import { expect, test } from 'vitest'
import {
  computeMoments,
  computeReference,
  createReference,
  type Extractor,
  evaluate,
  type Features,
  frechetDistance,
  pixels,
  quickMetrics,
  type ReferenceStore,
} from '../../src/index.ts'

const normal = (seed: number, count: number, size = 4, shift = 0): Features => ({
  values: randomStream(seed, 'test').normal(count * size, shift),
  count,
  size,
})
const extractor = { name: 'plain', sha256: 'ab' }
const plainReference = () => createReference(normal(1, 400), { extractor, split: 'a half', count: 200 })

test('each value carries its protocol, its floor and its spread', async () => {
  const fakes = async (seed: number) => normal(10 + seed, 200, 4, 0.3 * seed)
  const { metrics, skipped } = await evaluate({
    reference: plainReference(),
    fakes,
    metrics: ['frechet-distance', 'recall'],
    seeds: [0, 2],
  })
  const real = normal(1, 400)
  const rows = (from: number) => ({
    ...real,
    values: real.values.subarray(4 * from, 4 * (from + 200)),
    count: 200,
  })
  const reference = computeMoments(rows(0))
  const values = await Promise.all(
    [0, 2].map(async seed => frechetDistance(reference, computeMoments(await fakes(seed)))),
  )
  const [a, b] = values as [number, number]
  expect(skipped).toEqual({})
  expect(Object.keys(metrics)).toEqual(['frechet-distance', 'recall'])
  expect(metrics['frechet-distance']).toEqual({
    metric: 'frechet-distance',
    value: (a + b) / 2,
    // Of two numbers the standard deviation is their distance over √2.
    deviation: expect.closeTo(Math.abs(a - b) / Math.SQRT2, 12),
    values,
    floor: frechetDistance(reference, computeMoments(rows(200))),
    better: 'less',
    nReal: 200,
    nFake: 200,
    split: 'a half',
    extractor,
    seed: 0,
    seeds: [0, 2],
    version: 1,
  })
  expect(metrics['recall']!.floor).toBeGreaterThan(0.8)
})

test('a single seed has no spread', async () => {
  const { metrics } = await evaluate({
    reference: plainReference(),
    fakes: async () => normal(3, 200),
    seeds: [5],
    metrics: ['kid'],
  })
  expect(metrics['kid']).toMatchObject({ deviation: null, seed: 5, seeds: [5] })
})

test('metrics that the data don’t allow are skipped with the reason, and refused where they were named', async () => {
  const wideReference = () => createReference(normal(1, 100, 64), { extractor, split: 'a half', count: 50 })
  const fakes = async () => normal(2, 50, 64)
  const { metrics, skipped } = await evaluate({ reference: wideReference(), fakes, seeds: [0] })
  expect(skipped['frechet-distance']).toContain('expected more samples than features')
  expect(skipped['confidence']).toContain('no logits')
  expect(Object.keys(metrics)).toEqual(expect.arrayContaining(['kid', 'coverage', 'data-copying-p']))
  await expect(
    evaluate({ reference: wideReference(), fakes, metrics: ['frechet-distance'] }),
  ).rejects.toThrow('more samples than features')
  await expect(
    evaluate({ reference: wideReference(), fakes, metrics: ['perceptual-path-length'] }),
  ).rejects.toThrow('no generator')
})

test('unknown metrics, no metrics, no seeds and too few real samples are refused', async () => {
  const fakes = async () => normal(2, 200)
  await expect(evaluate({ reference: plainReference(), fakes, metrics: ['fid'] })).rejects.toThrow(
    "metric is 'fid', expected one of: frechet-distance,",
  )
  await expect(evaluate({ reference: plainReference(), fakes, metrics: [] })).rejects.toThrow(
    'there are no metrics',
  )
  await expect(evaluate({ reference: plainReference(), fakes, seeds: [] })).rejects.toThrow(
    'there are no seeds',
  )
  expect(() => createReference(normal(1, 99), { extractor, split: '', count: 50 })).toThrow(
    'there are 99 real samples, expected 100: half of them are what fakes are held against, half give the floor; ask for a count up to 49',
  )
})

test('classes are told by a classifier’s logits', async () => {
  // Real samples are half of each class; of the fakes three quarters are of the first.
  const logits = (shares: (i: number) => boolean, count: number) =>
    Float32Array.from({ length: 2 * count }, (_, i) => (shares(i >> 1) === (i % 2 === 0) ? Math.log(3) : 0))
  const withLogits = (features: Features, first: (i: number) => boolean) => ({
    ...features,
    logits: logits(first, features.count),
  })
  const real = createReference(
    withLogits(normal(1, 400), i => i % 2 === 0),
    { extractor, split: '', count: 200 },
  )
  const fakes = async () => withLogits(normal(2, 200), i => i % 4 !== 0)
  const { metrics } = await evaluate({
    reference: real,
    fakes,
    seeds: [0],
    metrics: ['confidence', 'class-total-variation', 'min-class-share', 'max-class-share'],
  })
  const values = Object.fromEntries(Object.entries(metrics).map(([name, { value }]) => [name, value]))
  expect(values['confidence']).toBeCloseTo(0.75, 6)
  expect(values['class-total-variation']).toBeCloseTo(0.25, 9)
  expect(values['min-class-share']).toBeCloseTo(0.25, 9)
  expect(values['max-class-share']).toBeCloseTo(0.75, 9)
})

/** Pictures of 1×2 pixels that are all a little different. */
function pictures(count: number, change = 0): Dataset {
  const values = randomStream(7, 'pictures').uniform(2 * count, -1, 1)
  values[3]! += change
  return {
    sampleShape: [1, 2, 1],
    size: count,
    batches({ size }) {
      let batch = 0
      const batches = {
        position: () => ({ epoch: 0, batch }),
        async next() {
          const part = values.subarray(2 * size * batch, 2 * size * ++batch)
          if (part.length === 0) return { done: true as const, value: undefined }
          return { done: false as const, value: { samples: tf.tensor(part, [part.length / 2, 1, 2, 1]) } }
        },
        [Symbol.asyncIterator]: () => batches,
      }
      return batches
    },
  }
}

function memory(): ReferenceStore & { readonly kept: Map<string, Uint8Array> } {
  const kept = new Map<string, Uint8Array>()
  return {
    kept,
    read: async name => kept.get(name),
    write: async (name, bytes) => void kept.set(name, bytes),
  }
}

/** Pixels, counted as they are extracted. */
function counted(): Extractor & { seen: number } {
  const plain = pixels()
  const counting = {
    ...plain,
    seen: 0,
    extract(images: tf.Tensor) {
      counting.seen += images.shape[0]!
      return plain.extract(images)
    },
  }
  return counting
}

test('features and floors of real samples are kept by the content of the images', async () => {
  const store = memory()
  const first = counted()
  const before = tf.memory().numTensors
  const one = await computeReference(pictures(300), first, { count: 100, store })
  const fakes = async () => normal(3, 100, 2)
  const ask = { fakes, seeds: [0], metrics: ['frechet-distance', 'coverage'] }
  const fresh = await evaluate({ reference: one, ...ask })
  await one.save()
  expect(first.seen).toBe(300)
  expect(one.split).toBe('data: 100 of 300, seed 0')

  const second = counted()
  const again = await computeReference(pictures(300), second, { count: 100, store })
  expect(second.seen).toBe(0)
  expect([...again.floors.keys()]).toEqual(expect.arrayContaining(['frechet-distance', 'coverage']))
  expect(await evaluate({ reference: again, ...ask })).toEqual(fresh)

  await computeReference(pictures(300, 1e-3), second, { count: 100, store })
  expect(second.seen, 'one pixel differs').toBe(300)
  await computeReference(pictures(300), second, { count: 101, store })
  expect(second.seen, 'the halves differ').toBe(600)
  for (const bytes of store.kept.values()) bytes[bytes.length - 1]! ^= 1
  await computeReference(pictures(300), second, { count: 100, store })
  expect(second.seen, 'what is kept is damaged').toBe(900)
  expect(tf.memory().numTensors).toBe(before)
})

test('a dataset of fewer than twice the count is refused with the way out', async () => {
  await expect(computeReference(pictures(30), pixels(), { count: 16, name: 'mine' })).rejects.toThrow(
    'mine has 30 samples, expected 32: half of them are what fakes are held against, half give the floor; ask for a count up to 15, or bring more',
  )
})

test('quick metrics are those of the samples', async () => {
  const real = await computeReference(pictures(200), pixels(), { count: 100 })
  const measure = quickMetrics(real, pixels(), ['frechet-distance', 'coverage'])
  const samples = randomStream(7, 'pictures').uniform(200, -1, 1)
  const { 'frechet-distance': frechet, coverage } = await measure({ samples, sampleShape: [1, 2, 1] })
  // The samples are the reference itself.
  expect(frechet!.value).toBeCloseTo(0, 9)
  expect(coverage!.value).toBe(1)
  expect(frechet!.floor).toBeGreaterThan(0)
})
