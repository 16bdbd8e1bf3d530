import { type CategoricalCondition, encodeCategories } from '@gankit/core'
import { expect, test } from 'vitest'
import { decodeCategories, drawInputs, parseAttributes, setConditions } from '../src/index.ts'
import { faces, points, translator } from './generators.ts'

const condition: CategoricalCondition = {
  kind: 'categories',
  attributes: [
    { name: 'hair-color', values: ['black', 'red', 'none'] },
    { name: 'glasses', values: ['none', 'round'] },
  ],
}
const rows = () => Float32Array.of(1, 0, 0, 1, 0, 0, 0, 1, 0, 1)

test.each([
  ['glasses=round', [1, 0, 0, 0, 1, 0, 0, 1, 0, 1]],
  ['hair=red', [0, 1, 0, 1, 0, 0, 1, 0, 0, 1]],
  ['hair-color = none, glasses = none', [0, 0, 1, 1, 0, 0, 0, 1, 1, 0]],
])('%s', (text, expected) => {
  const inputs = { condition: rows(), count: 2 }
  setConditions(inputs, { condition }, parseAttributes(text))
  expect([...inputs.condition]).toEqual(expected)
})

test.each([
  [
    'beard=full',
    "there is no attribute 'beard', expected some of: hair-color (black, red, none); glasses (none, round)",
  ],
  ['glasses=square', "attribute glasses is 'square', expected one of: none, round"],
])('%s is refused', (text, message) => {
  expect(() => setConditions({ condition: rows(), count: 2 }, { condition }, parseAttributes(text))).toThrow(
    `[gankit/inference] ${message}`,
  )
})

test('a generator without attributes can’t be conditioned by name', () => {
  expect(() => setConditions(drawInputs(points(), 2, 0), points(), { glasses: 'none' })).toThrow(
    'the generator has no condition, expected attributes: leave them out, or train a generator with attributes',
  )
  expect(() => setConditions({ count: 0 }, translator(), { glasses: 'none' })).toThrow(
    'the generator has a condition of kind image, expected attributes',
  )
})

test.each(['glasses', 'glasses=', '=round', 'a=b=c', ''])("'%s' is no list of attributes", text => {
  expect(() => parseAttributes(text)).toThrow(`attributes are '${text}', expected name=value`)
})

test('codes are read back from one-hot numbers, and from mixtures', () => {
  const codes = Uint8Array.of(2, 1, 0, 0, 1, 1)
  expect(decodeCategories(condition, encodeCategories(condition.attributes, codes))).toEqual(codes)
  expect([...decodeCategories(condition, [0.2, 0.5, 0.3, 0.4, 0.6])]).toEqual([1, 1])
})

test('only the named attribute changes', () => {
  const generator = faces()
  const inputs = drawInputs(generator, 50, 2)
  const before = decodeCategories(condition, inputs.condition!)
  setConditions(inputs, generator, { glasses: 'round' })
  const after = decodeCategories(condition, inputs.condition!)
  for (let i = 0; i < 50; i++) expect([after[2 * i], after[2 * i + 1]]).toEqual([before[2 * i], 1])
})
