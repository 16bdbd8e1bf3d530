import { expectClose } from '@gankit/testkit'
import * as tf from '@tensorflow/tfjs'
import { beforeAll, describe, expect, test } from 'vitest'
import { squaredMmd } from '../src/distances/kid.ts'
import { shareOfDifferentBins } from '../src/distances/ndb.ts'
import { lineDistance } from '../src/distances/wasserstein-1d.ts'
import {
  computeMoments,
  type FeatureRows,
  frechetDistance,
  inceptionScore,
  neighborMetrics,
} from '../src/index.ts'
import { drawn, type Recipe } from './fixtures/drawn.ts'
import expected from './fixtures/metrics.json' with { type: 'json' }

// Sums in single precision differ between backends by more than what is compared here.
beforeAll(() => tf.setBackend('cpu'))

const named = ({ count, size, ...more }: Recipe) => `${count} × ${size} ${JSON.stringify(more)}`

describe('the Fréchet distance is that of SciPy', () => {
  for (const { real, fake, expected: known } of expected.frechet)
    test(`${named(real)}, ${named(fake)}`, async () => {
      const distance = frechetDistance(computeMoments(drawn(real)), computeMoments(drawn(fake)))
      await expectClose([distance], [known], 0, 1e-6)
    })
})

describe('the squared discrepancy is that of NumPy', () => {
  for (const { real, fake, expected: known } of expected.discrepancy)
    test(`${named(real)}, ${named(fake)}`, async () => {
      await expectClose([await squaredMmd(drawn(real), drawn(fake))], [known], 1e-10, 1e-10)
    })
})

describe('precision, recall, density and coverage are those of scikit-learn', () => {
  for (const { real, fake, expected: known } of expected.neighbours)
    test(`${named(real)}, ${named(fake)}`, async () => {
      const figures = await neighborMetrics(drawn(real), drawn(fake))
      const { density, ...shares } = known
      expect(figures).toMatchObject(shares)
      expect(figures.density).toBeCloseTo(density, 12)
    })
})

describe('the Wasserstein distance on a line is that of SciPy', () => {
  const column = ({ values, count, size }: FeatureRows, j: number) =>
    Float64Array.from({ length: count }, (_, i) => values[i * size + j]!).sort()

  for (const { real, fake, order, expected: known } of expected.line)
    test(`order ${order}: ${named(real)}, ${named(fake)}`, async () => {
      const [a, b] = [drawn(real), drawn(fake)]
      const got = known.map((_, j) => lineDistance(column(a, j), column(b, j), order as 1 | 2))
      await expectClose(got, known, 0, 1e-12)
    })
})

describe('the Inception score is that of NumPy', () => {
  for (const { logits, splits, expected: known } of expected.inception)
    test(`${named(logits)}, splits ${splits}`, async () => {
      const { mean, deviation } = inceptionScore(drawn(logits), { splits })
      await expectClose([mean, deviation], [known.mean, known.deviation], 1e-12, 1e-10)
    })
})

test('bins differ as SciPy says', () => {
  for (const { real, fake, share } of expected.bins) expect(shareOfDifferentBins(real, fake)).toBe(share)
})
