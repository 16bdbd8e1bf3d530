import { randomStream } from '@gankit/core'
import { expect, test } from 'vitest'
import { rPrecision } from '../../src/index.ts'

const rows = (values: readonly number[], size: number) => ({
  values: Float32Array.from(values),
  count: values.length / size,
  size,
})

test('pictures that are nearest to their own captions are found, whatever the lengths', () => {
  const captions = rows([1, 0, 0, 1, -1, 0], 2)
  expect(rPrecision(captions, rows([5, 1, 1, 9, -2, 0], 2), { candidates: 3 })).toBe(1)
  // The first picture is that of the second caption; the third one points nowhere near its own.
  expect(rPrecision(captions, rows([0, 1, 0, 1, 1, 0.1], 2), { candidates: 3 })).toBeCloseTo(1 / 3, 12)
  // Two equal captions: a picture of either is found.
  expect(rPrecision(rows([1, 0, 1, 0], 2), rows([1, 0.1, 1, 0.2], 2), { candidates: 2 })).toBe(1)
})

test('by chance one in as many as there are candidates is found', () => {
  const random = randomStream(1, 'test/r-precision')
  const draw = () => ({ values: random.normal(2000 * 8), count: 2000, size: 8 })
  const share = rPrecision(draw(), draw(), { candidates: 20 })
  // 1/20 and four standard deviations of 2,000 draws.
  expect(Math.abs(share - 1 / 20)).toBeLessThan(4 * Math.sqrt((0.05 * 0.95) / 2000))
})

test('counts and sizes have to fit', () => {
  const some = rows([1, 0, 0, 1], 2)
  expect(() => rPrecision(some, rows([1, 0], 2), { candidates: 2 })).toThrow(
    'there are 2 captions of 2 numbers and 1 pictures of 2, expected as many of as many, and at least 2',
  )
  expect(() => rPrecision(some, some)).toThrow('and at least 100')
  expect(() => rPrecision(some, some, { candidates: 1 })).toThrow('candidates is 1')
})
