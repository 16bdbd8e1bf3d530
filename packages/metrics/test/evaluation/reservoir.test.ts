import type { Batches } from '@gankit/core'
import * as tf from '@tensorflow/tfjs'
import { expect, test } from 'vitest'
import { reservoir } from '../../src/index.ts'

/** Batches of 8 points; the point i is [i, −i]. */
function counting(batches: number): Batches {
  let batch = 0
  const own: Batches = {
    perEpoch: batches,
    position: () => ({ epoch: 0, batch }),
    async next() {
      if (batch === batches) return { done: true, value: undefined }
      const values = Float32Array.from({ length: 16 }, (_, i) => (8 * batch + (i >> 1)) * (i % 2 ? -1 : 1))
      batch++
      return { done: false, value: { samples: tf.tensor2d(values, [8, 2]) } }
    },
    [Symbol.asyncIterator]: () => own,
  }
  return own
}

async function kept(seed: number, batches: number, capacity: number): Promise<number[]> {
  const watched = reservoir(counting(batches), { capacity, seed })
  for await (const { samples } of watched.batches) samples.dispose()
  const { samples, sampleShape } = watched.samples()
  expect(sampleShape).toEqual([2])
  const firsts = [...samples].filter((_, i) => i % 2 === 0)
  expect([...samples].filter((_, i) => i % 2 === 1)).toEqual(firsts.map(value => -value))
  return firsts
}

test('batches go by unchanged, and few samples are all kept', async () => {
  const before = tf.memory().numTensors
  const watched = reservoir(counting(3), { capacity: 100 })
  expect(watched.batches.perEpoch).toBe(3)
  const { value } = await watched.batches.next()
  expect([...(await value!.samples.data())].slice(0, 4)).toEqual([0, -0, 1, -1])
  value!.samples.dispose()
  expect(watched.batches.position()).toEqual({ epoch: 0, batch: 1 })
  expect(watched.seen()).toBe(8)
  expect(watched.samples().samples.length).toBe(16)
  expect(tf.memory().numTensors).toBe(before)
})

test('each sample is as likely to be kept as any other', async () => {
  const [seeds, batches, capacity] = [300, 5, 10]
  const counts = new Array<number>(8 * batches).fill(0)
  for (let seed = 0; seed < seeds; seed++) {
    const own = await kept(seed, batches, capacity)
    expect(new Set(own).size).toBe(capacity)
    for (const value of own) counts[value]!++
  }
  // Pearson's test: 40 samples, each due 300 · 10/40 times; the 0.999 quantile of χ² with 39 degrees is 72.05.
  const due = (seeds * capacity) / counts.length
  const statistic = counts.reduce(
    (sum, count) => sum + (count - due) ** 2 / (due * (1 - capacity / counts.length)),
    0,
  )
  expect(statistic).toBeLessThan(72.05)
})

test('the same seed keeps the same samples', async () => {
  expect(await kept(4, 6, 5)).toEqual(await kept(4, 6, 5))
  expect(await kept(4, 6, 5)).not.toEqual(await kept(5, 6, 5))
  expect(() => reservoir(counting(1), { capacity: 0 })).toThrow(
    'capacity is 0, expected a whole number of at least 1',
  )
})
