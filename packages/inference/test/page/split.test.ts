import { encodeWords as encode, listVocabulary, splitWords as split } from '@gankit/core'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { importPageModule } from './page-module.ts'

const { splitWords, encodeWords } = await importPageModule<{
  splitWords: typeof split
  encodeWords(words: readonly string[], length: number, text: string): ReturnType<typeof encode>
}>('caption/split')

const known = ['curly', 'red', "bird's", 'pink-ish', '红', '发', 'über']
const words = listVocabulary(known)
/** What words are made of, and what lies between them. */
const part = fc.oneof(
  fc.constantFrom(
    ...known,
    'Ｒｅｄ',
    'CURLY',
    'bird’s',
    '戴',
    '３',
    ' ',
    '-',
    "'",
    '，',
    '。',
    '\t',
    'é',
    'e\u0301',
    'かな',
    '🐦',
  ),
  fc.string({ unit: 'binary', maxLength: 3 }),
)

test('words are those of core, and so are their numbers', () => {
  fc.assert(
    fc.property(fc.array(part, { maxLength: 12 }), fc.integer({ min: 1, max: 8 }), (parts, length) => {
      const text = parts.join('')
      expect(splitWords(text)).toEqual(split(text))
      expect(encodeWords(words, length, text)).toEqual(encode(words, length, text))
    }),
    { numRuns: 300, seed: 1 },
  )
  expect(encodeWords(words, 6, 'Red, CURLY 红发!')).toEqual({
    tokens: ['red', 'curly', '红', '发'].map(word => words.indexOf(word)).concat(0, 0),
    unknown: [],
    cut: 0,
  })
})
