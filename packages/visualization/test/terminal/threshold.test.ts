import { randomStream } from '@gankit/core'
import { expect, test } from 'vitest'
import { findThreshold } from '../../src/terminal/braille.ts'

const levels = (...groups: [count: number, level: number][]) =>
  Float32Array.from(groups.flatMap(([count, level]) => Array<number>(count).fill(level)))

test('of two shades it is the middle, however many pixels each has', () => {
  expect(findThreshold(levels([700, 0], [84, 255]))).toBe(127.5)
  expect(findThreshold(levels([700, 0], [84, 90]))).toBe(45)
  expect(findThreshold(levels([3, 100], [500, 200]))).toBe(150)
})

test('where there is next to no contrast it is mid gray', () => {
  expect(findThreshold(levels([784, 0]))).toBe(127.5)
  expect(findThreshold(levels([784, 255]))).toBe(127.5)
  expect(findThreshold(levels([400, 3], [384, 20]))).toBe(127.5)
})

test('it parts a mixture of two normal distributions half way between them', () => {
  const random = randomStream(1, 'threshold')
  const mixture = Float32Array.from([...random.normal(4000, 40, 10), ...random.normal(1000, 140, 10)])
  expect(Math.abs(findThreshold(mixture) - 90)).toBeLessThan(1)
})
