import { positive } from '@gankit/experiment/settings'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseInteger, parseValue } from '../src/terminal/flags.ts'

test('whole numbers in range are read, anything else is refused with the range', () => {
  const read = parseInteger(2, 1000)
  fc.assert(fc.property(fc.integer({ min: 2, max: 1000 }), n => read(String(n)) === n))
  for (const text of ['1', '1001', '-3', '0', '3.5', '1e3', '0x10', '', ' 7', 'seven', 'NaN', 'Infinity'])
    expect(() => read(text), text).toThrow('Expected a whole number from 2 to 1000.')
})

test('numbers above zero are read, anything else is refused', () => {
  const read = parseValue(positive)
  expect(read('2e-4')).toBe(2e-4)
  for (const text of ['0', '-1', '', ' ', 'fast', 'NaN', 'Infinity', '1e999'])
    expect(() => read(text), text).toThrow('Expected a')
})
