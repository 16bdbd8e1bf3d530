import { randomStream } from '@gankit/core'
import { expect, test } from 'vitest'
import { threshold } from '../src/threshold.ts'

const levels = (...groups: [count: number, level: number][]) =>
  Float32Array.from(groups.flatMap(([count, level]) => Array<number>(count).fill(level)))

test('of two shades it is the middle, however many pixels each has', () => {
  expect(threshold(levels([700, 0], [84, 255]))).toBe(127.5)
  expect(threshold(levels([700, 0], [84, 90]))).toBe(45)
  expect(threshold(levels([3, 100], [500, 200]))).toBe(150)
})

test('where there is next to no contrast it is mid grey', () => {
  expect(threshold(levels([784, 0]))).toBe(127.5)
  expect(threshold(levels([784, 255]))).toBe(127.5)
  expect(threshold(levels([400, 3], [384, 20]))).toBe(127.5)
})

test('it parts a mixture of two normal distributions half way between them', () => {
  const random = randomStream(1, 'threshold')
  const mixture = Float32Array.from([...random.normal(4000, 40, 10), ...random.normal(1000, 140, 10)])
  expect(Math.abs(threshold(mixture) - 90)).toBeLessThan(1)
})
