import { expectClose } from '@gankit/testkit'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createMomentsAccumulator, mergeMoments } from '../../src/distances/moments.ts'
import { computeMoments } from '../../src/index.ts'
import { drawn } from '../fixtures/drawn.ts'

test('mean and covariance of three points, divided by 2', () => {
  const { mean, covariance, count } = computeMoments({
    values: Float64Array.of(1, 2, 3, 6, 5, 1),
    count: 3,
    size: 2,
  })
  expect([count, ...mean, ...covariance]).toEqual([3, 3, 3, 4, -1, -1, 7])
})

test('in pieces, merged or at once they are the same', async () => {
  const all = drawn({ seed: 1, count: 700, size: 6 })
  const known = computeMoments(all)
  const piece = (from: number, to: number) => ({
    values: all.values.subarray(from * 6, to * 6),
    count: to - from,
    size: 6,
  })
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 2, max: 698 }), async cut => {
      const stream = createMomentsAccumulator(6)
      stream.add(piece(0, cut))
      stream.add(piece(cut, 700))
      for (const got of [
        stream.moments(),
        mergeMoments(computeMoments(piece(0, cut)), computeMoments(piece(cut, 700))),
      ]) {
        expect(got.count).toBe(700)
        await expectClose(got.mean, known.mean, 1e-14)
        await expectClose(got.covariance, known.covariance, 1e-13)
      }
    }),
    { numRuns: 30 },
  )
})

test('a great mean costs no digits', async () => {
  const near = drawn({ seed: 2, count: 600, size: 3 })
  const far = { ...near, values: Float64Array.from(near.values, value => value + 2 ** 30) }
  await expectClose(computeMoments(far).covariance, computeMoments(near).covariance, 1e-8)
})

test('moments that were taken stay as they are', () => {
  const stream = createMomentsAccumulator(2)
  stream.add(drawn({ seed: 3, count: 50, size: 2 }))
  const first = stream.moments()
  const copy = structuredClone(first)
  stream.add(drawn({ seed: 4, count: 50, size: 2 }))
  expect(first).toEqual(copy)
  expect(stream.moments().count).toBe(100)
})
