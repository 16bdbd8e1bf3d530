import { selectBackend } from '@gankit/runtime/node'
import { beforeAll, describe, expect, test } from 'vitest'
import { type DegradationName, degradations, untouched } from '../scripts/sanity/degradations.ts'
import { allDigits, type Digits, divide } from '../scripts/sanity/digits.ts'
import {
  better,
  createReference,
  extractDigits,
  type MetricName,
  type MetricValues,
  measureMetrics,
  metricNames,
  type Reference,
} from '../scripts/sanity/metrics.ts'
import { collapsed } from '../scripts/sanity/worsen.ts'
import {
  type DisposableExtractor,
  digitFeatures,
  type Features,
  neighborMetrics,
  pixels,
} from '../src/index.ts'

/** Digits of each set. Chance hides the mildest levels from so few, such as two copies of each digit. */
const count = 800

/** From the mildest on that tells itself from chance with any of eight splits. */
const levels: Readonly<Record<DegradationName, readonly number[]>> = {
  noise: [0.2, 0.4, 0.8],
  blur: [0.7, 1, 1.5],
  'dropped classes': [2, 4, 6, 8],
  duplicates: [3, 10, 50],
}
const names = Object.keys(levels) as DegradationName[]

/** The worst that these can be; they stay there. */
const worst: Partial<Record<MetricName, number>> = { recall: 0, coverage: 0, NDB: 1 }

let digits: Digits
let rest: Digits
let extractor: DisposableExtractor
let reference: Reference
let floor: MetricValues
const measured = new Map<DegradationName, readonly MetricValues[]>()

const measure = (real: Reference, fake: Digits) =>
  measureMetrics(real, fake, extractor, { subsets: 10, sizes: 5 })
const worsened = (name: DegradationName, level: number, of = count) => degradations[name].at(rest, level, of)

beforeAll(async () => {
  await selectBackend({ backend: 'wasm' })
  extractor = await digitFeatures()
  digits = await allDigits()
  const parts = divide(digits, count, 0)
  rest = parts.rest
  reference = await createReference(parts.real, extractor)
  floor = await measure(reference, untouched(rest, count))
  for (const name of names) {
    const metrics: MetricValues[] = []
    for (const level of levels[name]) metrics.push(await measure(reference, worsened(name, level)))
    measured.set(name, metrics)
  }
  return () => extractor.dispose()
})

/** A metric of each level, the floor first. */
const curve = (metric: MetricName, name: DegradationName) =>
  [floor, ...measured.get(name)!].map(metrics => metrics[metric])

describe.each(names)('with %s', name => {
  test.each(metricNames.filter(metric => !degradations[name].unseenBy.includes(metric)))(
    '%s gets worse from level to level',
    metric => {
      const values = curve(metric, name)
      for (const [i, value] of values.entries()) {
        if (i === 0 || (value === worst[metric] && values[i - 1] === value)) continue
        if (better[metric] === 'less') expect(value).toBeGreaterThan(values[i - 1]!)
        else expect(value).toBeLessThan(values[i - 1]!)
      }
    },
  )
})

describe('what metrics do not see', () => {
  test('precision and density hold when classes are dropped: what is left is real', () => {
    for (const metrics of measured.get('dropped classes')!) {
      expect(Math.abs(metrics.precision - floor.precision)).toBeLessThan(0.1)
      expect(Math.abs(metrics.density - floor.density)).toBeLessThan(0.2)
    }
  })

  test('precision and density change by chance alone when digits come again and again', () => {
    for (const [i, metrics] of measured.get('duplicates')!.entries()) {
      // Four deviations of the mean of so many: a share's is √(p(1 − p)), density's for one fake is below 1.
      const chance = 4 / Math.sqrt(Math.round(count / levels.duplicates[i]!))
      const { precision } = floor
      expect(Math.abs(metrics.precision - precision)).toBeLessThan(
        chance * Math.sqrt(precision * (1 - precision)),
      )
      expect(Math.abs(metrics.density - floor.density)).toBeLessThan(chance)
    }
  })

  test('the Inception score holds while duplicates leave classes in balance', () => {
    for (const score of curve('Inception score', 'duplicates').slice(0, 3))
      expect(Math.abs(score / floor['Inception score'] - 1)).toBeLessThan(0.1)
  })

  test.each(['noise', 'blur'] as const)('precision stays high under %s that coverage is low at', name => {
    const { precision, coverage } = measured.get(name)!.at(-1)!
    expect(precision).toBeGreaterThan(floor.precision / 2)
    expect(coverage).toBeLessThan(floor.coverage / 5)
  })

  test.each(['noise', 'blur'] as const)('density rises at first under %s', name => {
    expect(measured.get(name)![0]!.density).toBeGreaterThan(floor.density + 0.1)
  })

  test('that is no fault of the count: plain loops over all pairs find the same, in few and wide balls', async () => {
    const real = await extractDigits(divide(digits, 300, 0).real, extractor)
    const fake = await extractDigits(worsened('blur', 1.5, 300), extractor)
    const { inBalls, holding, radii } = counted(real, fake, 3)
    expect((await neighborMetrics(real, fake)).precision).toBe(inBalls / fake.count)
    expect(inBalls / fake.count).toBeGreaterThan(0.8)
    expect(holding.length / real.count).toBeLessThan(0.2)
    expect(median(holding.map(i => radii[i]!))).toBeGreaterThan(median(radii))
  })

  test('on pixels precision and density see noise, and recall gets better with it', async () => {
    const real = await extractDigits(divide(digits, 300, 0).real, pixels())
    const curves = []
    for (const std of [0, 0.2, 0.4, 0.7])
      curves.push(await neighborMetrics(real, await extractDigits(worsened('noise', std, 300), pixels())))
    for (const [i, { precision, density, recall }] of curves.entries()) {
      if (i === 0) continue
      expect(precision).toBeLessThan(curves[i - 1]!.precision)
      expect(density).toBeLessThan(curves[i - 1]!.density)
      if (i > 1) expect(recall).toBeGreaterThan(curves[i - 1]!.recall)
    }
  })
})

test('real against real sits at the floor, whichever the split', async () => {
  const floors = [floor]
  for (const seed of [1, 2]) {
    const parts = divide(digits, count, seed)
    floors.push(await measure(await createReference(parts.real, extractor), untouched(parts.rest, count)))
  }
  for (const metrics of floors) {
    // Naeem et al. 2020, section 3.2: 1 for any k, and 1 − Π (n − i) / (2n − i), i from 1 to k.
    const missed = [1, 2, 3, 4, 5].reduce((product, i) => (product * (count - i)) / (2 * count - i), 1)
    expect(Math.abs(metrics.coverage - (1 - missed))).toBeLessThan(0.03)
    expect(Math.abs(metrics.density - 1)).toBeLessThan(0.1)
    // Both halves are drawn alike, so precision is recall the other way round.
    expect(Math.abs(metrics.precision - metrics.recall)).toBeLessThan(0.06)
    // Without bias, so near 0; the mildest noise gives 3 and more, ten times its levels 13 and more.
    expect(Math.abs(metrics.KID)).toBeLessThan(3)
    // 0.05 of 50 bins differ by chance; four deviations more are 0.17.
    expect(metrics.NDB).toBeLessThan(0.18)
    expect(metrics['Inception score']).toBeLessThanOrEqual(10)
    // There is no rule for these: bands about what eight splits gave, 6 to 13, −3 to 9, 0.15 to 0.25, 9.2 to 9.4.
    expect(metrics.Fréchet).toBeLessThan(16)
    expect(Math.abs(metrics['Fréchet ∞'])).toBeLessThan(12)
    expect(metrics['Fréchet ∞']).toBeLessThan(metrics.Fréchet)
    expect(metrics['sliced Wasserstein']).toBeLessThan(0.3)
    expect(metrics['Inception score']).toBeGreaterThan(9)
  }
})

test('a collapsed generator is caught by coverage and recall, and not by precision', async () => {
  const metrics = await measure(reference, collapsed(untouched(rest, count), 0.05))
  expect(metrics.coverage).toBeLessThan(0.05)
  expect(metrics.recall).toBeLessThan(0.01)
  expect(metrics.precision).toBeGreaterThan(0.9)
  expect(metrics['Inception score']).toBeLessThan(1.1)
})

const median = (values: readonly number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!

interface Counted {
  /** Fakes in any real ball. */
  readonly inBalls: number
  /** The real balls that hold any. */
  readonly holding: readonly number[]
  /** Squared, of all real balls. */
  readonly radii: readonly number[]
}

/** By the definition alone, with balls as wide as the kth neighbor is far. */
function counted(real: Features, fake: Features, k: number): Counted {
  const apart = (a: Features, i: number, b: Features, j: number) => {
    let sum = 0
    for (let at = 0; at < a.size; at++) sum += (a.values[i * a.size + at]! - b.values[j * b.size + at]!) ** 2
    return sum
  }
  const radii = Array.from({ length: real.count }, (_, i) => {
    const others = Array.from({ length: real.count }, (_, j) => apart(real, i, real, j))
    others.splice(i, 1)
    return others.sort((a, b) => a - b)[k - 1]!
  })
  const held = new Set<number>()
  const holding = new Set<number>()
  for (let j = 0; j < fake.count; j++)
    for (let i = 0; i < real.count; i++)
      if (apart(real, i, fake, j) <= radii[i]!) {
        held.add(j)
        holding.add(i)
      }
  return { inBalls: held.size, holding: [...holding], radii }
}
