import { encodeWords, listVocabulary, randomStream, splitWords } from '@gankit/core'
import { describe, expect, test } from 'vitest'
import { parseBirdOptions } from '../../src/birds/bird-options.ts'
import { describeSample, type SampleValues } from '../../src/captions/describe-sample.ts'
import { listGrammarWords } from '../../src/captions/grammar.ts'
import { captionGrammars } from '../../src/captions/grammars.ts'
import { parseFaceOptions } from '../../src/cartoon/face-options.ts'
import { chooseValues, type DrawnSet, listDrawnAttributes } from '../../src/drawn/drawn-set.ts'
import { readers } from './readers.ts'

const sets: readonly DrawnSet[] = [
  { subject: 'faces', settings: parseFaceOptions({ seed: 5 }) },
  { subject: 'birds', settings: parseBirdOptions({ seed: 5 }) },
]
const cases = sets.flatMap(set =>
  Object.values(captionGrammars[set.subject]).map(grammar => ({ name: grammar.name, grammar, set })),
)
const sampleCount = 2000

function valuesOf(set: DrawnSet, index: number): SampleValues {
  const codes = chooseValues(set, index)
  return Object.fromEntries(listDrawnAttributes(set).map(({ name, values }, i) => [name, values[codes[i]!]!]))
}

describe.each(cases)('captions by $name', ({ name, grammar, set }) => {
  const attributes = listDrawnAttributes(set)
  const described = Array.from({ length: sampleCount }, (_, i) => {
    const values = valuesOf(set, i)
    return { values, ...describeSample(grammar, values, randomStream(9, 'captions', i)) }
  })

  test('say exactly the values of the attributes that they name, as a reader who knows no grammar finds', () => {
    for (const { text, named, values } of described) {
      const expected = Object.fromEntries(named.map(attribute => [attribute, values[attribute]!]))
      expect(readers[name]!(text), text).toEqual(expected)
    }
  })

  test('name every value of every attribute at some time', () => {
    const never = attributes.flatMap(({ name, values }) =>
      values
        .filter(
          value => !described.some(({ named, values }) => named.includes(name) && values[name] === value),
        )
        .map(value => `${name} ${value}`),
    )
    // Hair without a color is hair that isn't there.
    expect(never).toEqual(set.subject === 'faces' ? ['hair-color none'] : [])
  })

  test('name about half of the attributes, at least one, and all of them in other words and orders', () => {
    const counts = described.map(({ named }) => named.length)
    const share = counts.reduce((sum, count) => sum + count) / sampleCount / attributes.length
    expect(share).toBeGreaterThan(0.45)
    expect(share).toBeLessThan(0.67)
    expect(Math.min(...counts)).toBeGreaterThanOrEqual(1)
    const { values } = described[0]!
    const texts = Array.from(
      { length: 200 },
      (_, i) => describeSample(grammar, values, randomStream(1, 'again', i)).text,
    )
    expect(new Set(texts).size).toBeGreaterThan(190)
    expect(new Set(texts.map(text => text.slice(0, 4))).size).toBeGreaterThan(5)
  })

  test('have no more words than they may, and none that the vocabulary lacks', () => {
    const words = listVocabulary(listGrammarWords(grammar))
    for (const { text } of described) {
      const { unknown, cut } = encodeWords(words, name.endsWith('en') ? 24 : 32, text)
      expect([text, unknown, cut]).toEqual([text, [], 0])
    }
    const said = new Set(described.flatMap(({ text }) => splitWords(text)))
    expect(words.slice(2).filter(word => !said.has(word))).toEqual([])
  })

  test('are the same for the same random numbers', () => {
    const { values, text, named } = described[7]!
    expect(describeSample(grammar, values, randomStream(9, 'captions', 7))).toEqual({ text, named })
  })

  test('are well formed', () => {
    for (const { text } of described) {
      expect(text).not.toMatch(/\s{2}|^\s|\s$|[[\]{}]|的的|,,|，，|、、|\ba [aeiou]|\ban [^aeiou]/)
      const words = splitWords(text)
      if (name.endsWith('en')) expect(words.filter((word, i) => word === words[i - 1])).toEqual([])
    }
  })
})

test('what a picture does not show is not said', () => {
  const { en } = captionGrammars.faces
  const face = {
    ...valuesOf(sets[0]!, 0),
    hair: 'bald',
    'facial-hair': 'none',
    'hair-color': 'none',
    glasses: 'sunglasses',
  }
  for (let i = 0; i < 500; i++) {
    const { named } = describeSample(en, face, randomStream(2, 'hidden', i))
    expect(named).not.toContain('hair-color')
    expect(named).not.toContain('eyes')
    // The color of a beard is said with it, and of a bald head by itself never.
    const bearded = { ...face, 'facial-hair': 'goatee', 'hair-color': 'red' }
    const { text, named: ofBeard } = describeSample(en, bearded, randomStream(3, 'beard', i))
    if (ofBeard.includes('hair-color')) expect(text).toContain('red goatee')
  }
})

test.each([
  ['faces', '戴墨镜的红色卷发'],
  ['faces', 'curly red hair and glasses, smiling'],
  ['birds', 'this bird is yellowish orange with black wings'],
  ['birds', 'this vibrant red bird has a pointed black beak'],
  ['birds', '这只充满活力的红色小鸟有一个尖尖的黑色喙'],
] as const)('%s know every word of: %s', (subject, text) => {
  const words = listVocabulary(Object.values(captionGrammars[subject]).flatMap(listGrammarWords))
  expect(encodeWords(words, 32, text)).toMatchObject({ unknown: [], cut: 0 })
})
