import { expect, test } from 'vitest'
import { formatNumber } from '../src/index.ts'

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
