import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decodeWords, encodeWords, listVocabulary, splitWords } from '../src/words.ts'

describe('the words of a text', () => {
  test.each([
    ["This bird's  beak, isn't  it?", ['this', "bird's", 'beak', "isn't", 'it']],
    ['A medium-sized nose - and a bob', ['a', 'medium-sized', 'nose', 'and', 'a', 'bob']],
    ['don’t', ["don't"]],
    ['戴墨镜的红色卷发', ['戴', '墨', '镜', '的', '红', '色', '卷', '发']],
    ['3只red鸟。', ['3', '只', 'red', '鸟']],
    ['Ｒｅｄ　ﬁnch', ['red', 'finch']],
    ['птица с клювом', ['птица', 'с', 'клювом']],
    // An accent of its own, and one with its letter.
    ['cafe\u0301', ['café']],
    ["''' -- ?!", []],
    ['', []],
  ])('%j', (text, words) => {
    expect(splitWords(text)).toEqual(words)
  })

  test('stay the same words when they are joined and split again', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), text => {
        const words = splitWords(text)
        for (const word of words) expect(word).toMatch(/^[^\s]+$/u)
        expect(splitWords(words.join(' '))).toEqual(words)
      }),
    )
  })
})

describe('the numbers of words', () => {
  const words = listVocabulary(['red', 'bird', 'red', '鸟'])

  test('begin with those of no word and of an unknown one', () => {
    expect(words).toEqual(['', '?', 'bird', 'red', '鸟'])
  })

  test('are padded behind, and tell unknown words and what is cut', () => {
    expect(encodeWords(words, 4, 'Red bird!')).toEqual({ tokens: [3, 2, 0, 0], unknown: [], cut: 0 })
    expect(encodeWords(words, 4, 'a ? blue, blue 鸟')).toEqual({
      tokens: [1, 1, 1, 4],
      unknown: ['a', 'blue'],
      cut: 0,
    })
    expect(encodeWords(words, 2, '红色 red bird')).toEqual({ tokens: [1, 1], unknown: ['红', '色'], cut: 2 })
    expect(encodeWords(words, 3, '')).toEqual({ tokens: [0, 0, 0], unknown: [], cut: 0 })
  })

  test('are a text again, with spaces where words have them', () => {
    const words = listVocabulary(['red', 'bird', '鸟', '红'])
    const read = (text: string) => decodeWords(words, encodeWords(words, 8, text).tokens)
    expect(read('红鸟, red bird!')).toBe('红鸟 red bird')
    expect(read('a 红 bird')).toBe('? 红 bird')
    expect(read('')).toBe('')
  })

  test('ten thousand words keep their first', () => {
    const { tokens, cut } = encodeWords(words, 32, 'red '.repeat(10_000))
    expect([tokens, cut]).toEqual([Array(32).fill(3), 9968])
  })
})
