import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fromHalf, toHalf } from '../src/index.ts'
import numpy from './fixtures/half.json' with { type: 'json' }

const bits = (...words: number[]) => new Uint8Array(Uint16Array.from(words).buffer)

test('known numbers of IEEE 754 are read', () => {
  expect(Array.from(fromHalf(bits(0x3c00, 0xc000, 0x7bff, 0x0400, 0x03ff, 0x0001, 0x3555, 0x8000)))).toEqual([
    1,
    -2,
    65504,
    2 ** -14,
    1023 * 2 ** -24,
    2 ** -24,
    0.333251953125,
    -0,
  ])
  expect(Array.from(fromHalf(bits(0x7c00, 0xfc00, 0x7e00)))).toEqual([Infinity, -Infinity, Number.NaN])
})

test('rounding gives the bits that NumPy gives', () => {
  expect(toHalf(Float32Array.from(numpy.values))).toEqual(bits(...numpy.bits))
})

test('every finite number of 16 bits goes there and back', () => {
  const all = Uint16Array.from({ length: 0x10000 }, (_, i) => i).filter(word => (word & 0x7c00) !== 0x7c00)
  const bytes = new Uint8Array(all.buffer)
  expect(toHalf(fromHalf(bytes))).toEqual(bytes)
})

test('rounding goes to the nearest', () => {
  fc.assert(
    fc.property(fc.float({ min: -1000, max: 1000, noNaN: true }), value => {
      const step = Math.max(2 ** -24, 2 ** (Math.floor(Math.log2(Math.abs(value))) - 10))
      return Math.abs(fromHalf(toHalf(Float32Array.of(value)))[0]! - value) <= step / 2
    }),
  )
})

test.each([65520, -7e4, Infinity, Number.NaN])('%f is refused', value => {
  expect(() => toHalf(Float32Array.of(1, value))).toThrow(`[gankit/core] ${value} has no 16-bit float`)
})
