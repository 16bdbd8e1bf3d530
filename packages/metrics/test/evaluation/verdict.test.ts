import { selectBackend } from '@gankit/runtime/node'
import { beforeAll, describe, expect, test } from 'vitest'
import { degradations, untouched } from '../../scripts/sanity/degradations.ts'
import { allDigits, type Digits, divide, take } from '../../scripts/sanity/digits.ts'
import { extractDigits } from '../../scripts/sanity/metrics.ts'
import { collapsed, noisy } from '../../scripts/sanity/worsen.ts'
import {
  createReference,
  type DisposableExtractor,
  digitFeatures,
  type Extractor,
  evaluate,
  judgeMetrics,
  type MetricValue,
  pixels,
  type ReferenceStatistics,
} from '../../src/index.ts'

const count = 400

let real: Digits
let rest: Digits
const extractors: Record<string, Extractor> = { pixels: pixels() }
const references = new Map<string, ReferenceStatistics>()

beforeAll(async () => {
  await selectBackend({ backend: 'wasm' })
  const digits = divide(await allDigits(), 2 * count, 0)
  real = digits.real
  rest = digits.rest
  extractors['digits'] = await digitFeatures()
  for (const [name, extractor] of Object.entries(extractors))
    references.set(
      name,
      createReference(await extractDigits(real, extractor), { extractor, split: 'digits', count }),
    )
  return () => (extractors['digits'] as DisposableExtractor).dispose()
}, 120_000)

/** What a generator might draw, by what is wrong with it. */
const cases: Readonly<Record<string, () => Digits>> = {
  good: () => untouched(rest, count),
  collapsed: () => collapsed(untouched(rest, count), 0.05),
  copied: () =>
    take(
      real,
      Uint32Array.from({ length: count }, (_, i) => i),
    ),
  alike: () => degradations.blur.at(rest, 1, count),
  incomplete: () => degradations['dropped classes'].at(rest, 5, count),
}

/** Metrics of digits that stand for fakes. */
async function measure(name: string, fakes: Digits) {
  const { metrics } = await evaluate({
    reference: references.get(name)!,
    fakes: () => extractDigits(fakes, extractors[name]!),
    seeds: [0],
  })
  return metrics
}

const measured = new Map<string, ReturnType<typeof measure>>()
/** The same of a case, measured once. */
function measureCase(extractor: string, name: string): ReturnType<typeof measure> {
  const key = `${extractor} ${name}`
  const metrics = measured.get(key) ?? measure(extractor, cases[name]!())
  measured.set(key, metrics)
  return metrics
}

describe.each(['digits', 'pixels'])('through %s', extractor => {
  test.each(Object.keys(cases))('samples that are %s are called so', async name => {
    const metrics = await measureCase(extractor, name)
    const verdict = judgeMetrics(metrics)!
    expect(verdict.name, JSON.stringify(verdict.sentences)).toBe(name)
    expect([2, 3]).toContain(verdict.sentences.length)
    for (const sentence of verdict.sentences) expect(sentence).toMatch(/^[A-Z].*\.$/)
  })
})

test('other splits of real samples are never called worse than close', async () => {
  for (const from of [1, 2]) {
    const chosen = Uint32Array.from({ length: count }, (_, i) => from * count + i)
    for (const extractor of Object.keys(extractors))
      expect(['good', 'close']).toContain(judgeMetrics(await measure(extractor, take(rest, chosen)))!.name)
  }
})

test('a collapsed generator is named, and its high figures are called no praise', async () => {
  const metrics = await measureCase('digits', 'collapsed')
  expect(metrics['precision']!.value).toBe(1)
  const [first, second, third] = judgeMetrics(metrics)!.sentences
  expect(first).toMatch(
    /^The generator has collapsed: .* they cover \d% of the real samples, where other real/,
  )
  expect(second).toMatch(/recall 0\.00 \(real 0\.\d\d\).*coverage 0\.0\d.* are bad\.$/)
  expect(second).not.toContain('precision')
  expect(third).toMatch(/^Precision 1\.00 \(real 0\.\d\d\), .*data-copying-p \d\.\d{3} are no praise here/)
})

test('pictures that are a little blurred are no copies, and neither are a few repeated ones', async () => {
  for (const [name, level] of [
    ['blur', 0.5],
    ['duplicates', 10],
  ] as const) {
    const verdict = judgeMetrics(await measure('pixels', degradations[name].at(rest, level, count)))!
    expect(verdict.name).toBe('alike')
    if (name === 'blur')
      expect(verdict.sentences[2]).toMatch(/^Data-copying-p below 0\.001 shows no copies here/)
  }
})

test('noise is told from real samples where the extractor sees it', async () => {
  expect(judgeMetrics(await measure('pixels', noisy(untouched(rest, count), 0.8)))!.name).toBe('unlike')
})

test('what was not measured is not judged', () => {
  const kid = { metric: 'kid', value: 1, floor: 0 } as MetricValue
  expect(judgeMetrics({})).toBe(undefined)
  expect(judgeMetrics({ kid })).toBe(undefined)
  const coverage = { metric: 'coverage', value: 0.6, floor: 0.95 } as MetricValue
  expect(judgeMetrics({ kid, coverage })).toEqual({
    name: 'incomplete',
    sentences: [
      'The samples look real and leave out a part of the data: they cover 60% of the real samples, where other real samples cover 95%.',
      'Coverage 0.60 (real 0.95) is in between.',
    ],
  })
})
