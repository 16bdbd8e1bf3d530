import { randomStream } from '@gankit/core'
import * as tf from '@tensorflow/tfjs'
import { expect, test } from 'vitest'
import { samplePool } from '../../src/index.ts'

const batch = (...values: number[]) => tf.tensor2d(values, [values.length, 1])
const random = (step: number) => randomStream(3, 'pool', step)

test('until it is full the pool gives back what it gets', () => {
  const pool = samplePool({ capacity: 3, sampleShape: [1] })
  expect([...pool.exchange(batch(1, 2), random(0)).dataSync()]).toEqual([1, 2])
  expect([...pool.exchange(batch(3), random(1)).dataSync()]).toEqual([3])
})

test('a full pool gives an older sample for every other one, and keeps each at most once', () => {
  const pool = samplePool({ capacity: 8, sampleShape: [1] })
  let [old, next] = [0, 0]
  const given = new Map<number, number>()
  for (let step = 0; step < 500; step++) {
    const values = [next++, next++, next++, next++]
    for (const value of pool.exchange(batch(...values), random(step)).dataSync()) {
      given.set(value, (given.get(value) ?? 0) + 1)
      if (step >= 2 && !values.includes(value)) old++
    }
  }
  // Of 1,992 samples; four standard errors. A few older ones are of the same batch.
  expect(Math.abs(old / 1992 - 0.5)).toBeLessThan(4 * Math.sqrt(0.25 / 1992) + 0.05)
  // While it fills, a sample is given at once and stays; after that it is given once or kept.
  expect([...given.values()].every(count => count <= 2)).toBe(true)
})

test('an empty pool keeps nothing, and no tensor leaks from any', () => {
  const pool = samplePool({ capacity: 0, sampleShape: [1] })
  expect([...pool.exchange(batch(5, 6), random(0)).dataSync()]).toEqual([5, 6])
  const before = tf.memory().numTensors
  const small = samplePool({ capacity: 4, sampleShape: [1] })
  for (let step = 0; step < 20; step++)
    tf.tidy(() => {
      small.exchange(batch(step, step), random(step))
    })
  expect(tf.memory().numTensors).toBe(before + 4)
  small.dispose()
  expect(tf.memory().numTensors).toBe(before)
})

test('what it keeps comes back, and what is of another shape is refused', async () => {
  const pool = samplePool({ capacity: 3, sampleShape: [1] })
  for (let step = 0; step < 5; step++) pool.exchange(batch(step, -step), random(step)).dispose()
  const saved = await pool.save()
  const other = samplePool({ capacity: 3, sampleShape: [1] })
  other.restore(saved)
  for (let step = 5; step < 9; step++)
    expect([...other.exchange(batch(step, -step), random(step)).dataSync()]).toEqual([
      ...pool.exchange(batch(step, -step), random(step)).dataSync(),
    ])
  expect(() => samplePool({ capacity: 2, sampleShape: [1] }).restore(saved)).toThrow(
    'the checkpoint holds a pool of [3,1], expected up to 2 samples of [1]',
  )
  expect(() => samplePool({ capacity: 3, sampleShape: [2] }).restore(saved)).toThrow(
    'expected up to 3 samples of [2]',
  )
  const empty = samplePool({ capacity: 3, sampleShape: [1] })
  pool.restore(await empty.save())
  expect((await pool.save()).values).toEqual({ filled: 0 })
})
