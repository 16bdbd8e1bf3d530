import { selectBackend } from '@gankit/runtime/node'
import * as tf from '@tensorflow/tfjs'
import { beforeAll, describe, expect, test } from 'vitest'
import { allDigits, type Digits, divide } from '../../scripts/sanity/digits.ts'
import { fewerByChance } from '../../src/classifier/variety.ts'
import {
  compareVariety,
  digitFeatures,
  judgeMetrics,
  type MetricValue,
  type Variety,
} from '../../src/index.ts'

let digits: Digits
/** The class that the extractor sees in each. */
let codes: Uint8Array
const attributes = [{ name: 'class', values: Array.from('0123456789') }]

beforeAll(async () => {
  await selectBackend({ backend: 'wasm' })
  digits = divide(await allDigits(), 6000, 0).real
  const extractor = await digitFeatures()
  const images = tf.tensor(digits.values, [digits.count, 28, 28, 1])
  codes = await extractor.classifyAttributes!(images)
  images.dispose()
  extractor.dispose()
})

/** The variety of digits of some numbers beside the first `count` others. */
function compare(count: number, chosen: (label: number, n: number) => boolean): Variety {
  const numbers = Array.from({ length: digits.count - count }, (_, i) => count + i)
  const fakes = numbers.filter(n => chosen(digits.labels[n]!, n)).slice(0, count)
  expect(fakes).toHaveLength(count)
  return compareVariety(
    attributes,
    fakes.map(n => codes[n]!),
    codes.subarray(0, count),
  )
}

const good: Readonly<Record<string, MetricValue>> = {
  coverage: { metric: 'coverage', value: 0.96, floor: 0.97 } as MetricValue,
  precision: { metric: 'precision', value: 0.9, floor: 0.9 } as MetricValue,
}

describe('digits that lack two classes', () => {
  test.each([200, 1000, 2000])('%d of them are not called good, and the classes are named', count => {
    const variety = compare(count, label => label !== 4 && label !== 7)
    expect(variety.missing.map(({ name }) => name)).toEqual(['4', '7'])
    expect(variety.rare).toEqual([])
    const verdict = judgeMetrics(good, variety)!
    expect(verdict.name).toBe('incomplete')
    expect(verdict.sentences[0]).toBe('The samples look real and leave out a part of the data.')
    expect(verdict.sentences[1]).toMatch(
      /^There are (no|hardly any) 4 and (no|hardly any) 7 among [\d,]+ samples: \d and \d, where as many real samples have \d+ and \d+\.$/,
    )
  })

  test('classes of which a few are left are rare, and the samples no longer good', () => {
    const variety = compare(2000, (label, n) => label !== 4 || n % 4 === 0)
    expect(variety.missing).toEqual([])
    expect(variety.rare.map(({ name }) => name)).toEqual(['4'])
    const verdict = judgeMetrics(good, variety)!
    expect(verdict.name).toBe('close')
    expect(verdict.sentences[1]).toMatch(/^There is few 4 among 2,000 samples: \d+, where/)
  })

  test('too few to tell are said to be so', () => {
    const variety = compare(50, label => label !== 4 && label !== 7)
    expect(variety).toMatchObject({ missing: [], rare: [], needed: 130 })
    expect(judgeMetrics(good, variety)).toMatchObject({
      name: 'good',
      sentences: [
        expect.any(String),
        "Whether classes are missing can't be told from 50 samples: it takes 130.",
        expect.any(String),
      ],
    })
  })
})

test.each([20, 100, 500, 2000])('%d real digits beside as many others lack nothing', count => {
  for (let from = 0; from + 2 * count <= digits.count; from += 2 * count) {
    const [fakes, real] = [from, from + count].map(start => codes.subarray(start, start + count))
    const variety = compareVariety(attributes, fakes!, real!)
    expect([...variety.missing, ...variety.rare]).toEqual([])
    if (count >= variety.needed) expect(judgeMetrics(good, variety)).toEqual(judgeMetrics(good))
  }
})

test('values of several attributes are told with the attribute', () => {
  const two = [
    { name: 'glasses', values: ['none', 'round'] },
    { name: 'hair', values: ['red', 'gray'] },
  ]
  const real = Array.from({ length: 200 }, (_, i) => [i % 2, (i >> 1) % 2]).flat()
  const fakes = Array.from({ length: 200 }, (_, i) => [0, (i >> 1) % 2]).flat()
  const variety = compareVariety(two, fakes, real)
  expect(variety.missing).toEqual([{ name: 'glasses: round', fakes: 0, real: 100 }])
  expect(judgeMetrics(good, variety)!.sentences[1]).toBe(
    'There is no glasses: round among 200 samples: 0, where as many real samples have 100.',
  )
})

test('a generator with another fault keeps its verdict, and the classes are named all the same', () => {
  const collapsed = { ...good, coverage: { ...good['coverage']!, value: 0.01 } }
  const lacking = Array.from('0123456789').map(name => ({ name, fakes: 0, real: 20 }))
  const verdict = judgeMetrics(collapsed, { count: 200, missing: lacking.slice(1), rare: [], needed: 140 })!
  expect(verdict.name).toBe('collapsed')
  expect(verdict.sentences[1]).toBe(
    'There are no 1, no 2, no 3, no 4, no 5 and 4 more that are missing or rare among 200 samples: 0, 0, 0, 0 and 0, where as many real samples have 20, 20, 20, 20 and 20.',
  )
})

// scipy.stats.hypergeom.cdf(fakes, 2 * count, fakes + real, count), SciPy 1.17
test.each([
  [0, 14, 140, 4.337320410572964e-5],
  [3, 30, 400, 4.419781932990327e-7],
  [12, 40, 1000, 5.225895283367148e-5],
  [98, 103, 1000, 0.38308417648308374],
  [0, 5, 50, 0.028142247214412164],
])('%d and %d of %d each: the chance is that of SciPy', (fakes, real, count, expected) => {
  expect(fewerByChance(fakes, real, count)).toBeCloseTo(expected, 10)
  expect(fewerByChance(fakes, real, count) / expected).toBeCloseTo(1, 6)
})

test('codes of as many real samples are wanted', () => {
  expect(() => compareVariety(attributes, [1, 2, 3], [1, 2])).toThrow('[gankit/metrics]')
})
