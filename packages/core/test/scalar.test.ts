import { expect, test } from 'vitest'
import { formatBytes, formatNumber } from '../src/index.ts'

test.each([
  [0, '0'],
  [0.5, '0.5'],
  [1.38629, '1.39'],
  [-0.0012345, '-0.00123'],
  [123.45, '123'],
  [12_345.6, '12,346'],
  [-1000, '-1,000'],
  [0.00012345, '1.2e-4'],
  [2e6, '2.0e+6'],
  [Number.NaN, 'NaN'],
  [Number.POSITIVE_INFINITY, 'Infinity'],
])('%d is %s', (value, text) => {
  expect(formatNumber(value)).toBe(text)
})

test.each([
  [0, '0 bytes'],
  [1, '1 byte'],
  [1023, '1023 bytes'],
  [1024, '1 KiB'],
  [3.456 * 2 ** 30, '3.46 GiB'],
  [2 ** 32, '4 GiB'],
])('%d bytes are %s', (bytes, text) => {
  expect(formatBytes(bytes)).toBe(text)
})
