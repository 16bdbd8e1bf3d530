import { describe, expect, it } from 'vitest'
import { formatCount, formatValue } from '../src/format.ts'
import { preferredLanguage } from '../src/language.ts'

describe('formatValue', () => {
  it('is as wide for each value of a panel, with the signs of typography', () => {
    expect([0.3333, -1.5, 12_345, 0.00004, 0].map(value => formatValue(value))).toEqual([
      '0.333',
      '−1.500',
      '1.2e4',
      '4.0e−5',
      '0.000',
    ])
  })

  it('says what is no number', () => {
    expect([undefined, Number.NaN, Infinity, -Infinity].map(value => formatValue(value))).toEqual([
      '–',
      '–',
      '∞',
      '−∞',
    ])
  })

  it('groups the digits of counts', () => expect(formatCount(12_345)).toBe('12,345'))
})

describe('preferredLanguage', () => {
  it('is the first that the pages have', () => {
    expect(preferredLanguage(['fr', 'zh-TW', 'en'])).toBe('zh')
    expect(preferredLanguage(['de'])).toBe('en')
    expect(preferredLanguage([])).toBe('en')
  })
})
