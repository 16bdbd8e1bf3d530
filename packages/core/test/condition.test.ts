import * as tf from '@tensorflow/tfjs'
import { expect, test } from 'vitest'
import {
  type CategoricalCondition,
  conditionShape,
  encodeCategories,
  randomStream,
  readCondition,
  sampleCategories,
  sampleCondition,
} from '../src/index.ts'

const glasses = { name: 'glasses', values: ['none', 'round'], shares: [0.75, 0.25] }
const hair = { name: 'hair', values: ['black', 'brown', 'red'] }
const condition: CategoricalCondition = { kind: 'categories', attributes: [glasses, hair] }

test('every kind of condition has the shape of one sample’s', () => {
  expect(conditionShape(condition)).toEqual([5])
  expect(conditionShape({ kind: 'image', shape: [4, 6, 3] })).toEqual([4, 6, 3])
  expect(conditionShape({ kind: 'tokens', length: 7, vocabulary: 50 })).toEqual([7])
  expect(conditionShape({ kind: 'vector', size: 9 })).toEqual([9])
})

test('categories are one-hot, one attribute behind the other', () => {
  expect([...encodeCategories(condition.attributes, [0, 2, 1, 0])]).toEqual([1, 0, 0, 0, 1, 0, 1, 1, 0, 0])
})

test('codes without a value, and rows that are not whole, are refused', () => {
  expect(() => encodeCategories(condition.attributes, [0, 3])).toThrow(
    '[gankit/core] a sample has code 3 of hair, expected one below 3: black, brown, red',
  )
  expect(() => encodeCategories(condition.attributes, [0, 1, 1])).toThrow('no whole rows of 2 attributes')
})

test('values are drawn as often as their shares say, all alike without shares', () => {
  const n = 20_000
  const codes = sampleCategories(condition, n, randomStream(1, 'test'))
  const share = (attribute: number, value: number) =>
    codes.filter((code, i) => i % 2 === attribute && code === value).length / n
  // Four standard errors of a share of n draws.
  expect(Math.abs(share(0, 1) - 0.25)).toBeLessThan(4 * Math.sqrt((0.25 * 0.75) / n))
  for (const value of [0, 1, 2])
    expect(Math.abs(share(1, value) - 1 / 3)).toBeLessThan(4 * Math.sqrt(2 / 9 / n))
})

test('the first samples are the same, whatever the count', () => {
  const few = sampleCategories(condition, 3, randomStream(7, 'test'))
  const many = sampleCategories(condition, 50, randomStream(7, 'test'))
  expect([...many.subarray(0, few.length)]).toEqual([...few])
})

test('shares that fall short of 1 by a rounding error still give a value', () => {
  const almost = { kind: 'categories' as const, attributes: [{ ...glasses, shares: [0.5, 0.4999999] }] }
  const random = {
    ...randomStream(0, 'test'),
    uniform: (count: number) => new Float32Array(count).fill(0.99999999),
  }
  expect([...sampleCategories(almost, 1, random)]).toEqual([1])
})

test('a batch gives its categories, its image, its tokens or its vector', async () => {
  const samples = tf.zeros([2, 2])
  const drawn = sampleCondition(condition, 2, randomStream(3, 'test'))
  expect(drawn.shape).toEqual([2, 5])
  const oneHot = readCondition({ samples, attributes: Uint8Array.of(1, 1, 0, 0) }, condition)
  expect([...(await oneHot.data())]).toEqual([0, 1, 0, 1, 0, 1, 0, 1, 0, 0])
  const image = tf.ones([2, 4, 4, 3])
  const read = readCondition({ samples, condition: image }, { kind: 'image', shape: [4, 4, 3] })
  expect(read.shape).toEqual([2, 4, 4, 3])
  const tokens = tf.tensor2d([1, 2, 3, 4], [2, 2], 'int32')
  expect(
    readCondition({ samples, condition: tokens }, { kind: 'tokens', length: 2, vocabulary: 5 }).dtype,
  ).toBe('int32')
})

test('a batch without the condition, or of another shape, is refused with what was expected', () => {
  const samples = tf.zeros([2, 2])
  expect(() => readCondition({ samples }, condition)).toThrow(
    'a batch of 2 samples has no codes of attributes, expected those of the condition (glasses, hair)',
  )
  expect(() => readCondition({ samples }, { kind: 'vector', size: 3 })).toThrow(
    'a batch has no condition, expected [2, 3]: pair the data with the condition (vector)',
  )
  expect(() => readCondition({ samples, condition: tf.zeros([2, 4]) }, { kind: 'vector', size: 3 })).toThrow(
    'a batch has a condition of [2, 4], expected [2, 3]',
  )
})
