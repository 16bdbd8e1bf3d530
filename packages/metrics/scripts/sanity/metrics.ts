import * as tf from '@tensorflow/tfjs'
import {
  type Bins,
  computeBins,
  computeMoments,
  type Extractor,
  extractFeatures,
  type Features,
  frechetDistance,
  frechetInfinity,
  inceptionScore,
  kid,
  type Moments,
  ndb,
  neighborMetrics,
  slicedWasserstein,
} from '../../src/index.ts'
import type { Digits } from './digits.ts'

export type MetricName =
  | 'Fréchet'
  | 'Fréchet ∞'
  | 'KID'
  | 'sliced Wasserstein'
  | 'NDB'
  | 'precision'
  | 'density'
  | 'recall'
  | 'coverage'
  | 'Inception score'

export type MetricValues = Readonly<Record<MetricName, number>>

/** Which way each is better, in the order of tables and plots. */
export const better: Readonly<Record<MetricName, 'less' | 'more'>> = {
  Fréchet: 'less',
  'Fréchet ∞': 'less',
  KID: 'less',
  'sliced Wasserstein': 'less',
  NDB: 'less',
  recall: 'more',
  coverage: 'more',
  precision: 'more',
  density: 'more',
  'Inception score': 'more',
}

export const metricNames = Object.keys(better) as MetricName[]

/** Real features, and what is measured once of them. */
export interface Reference {
  readonly features: Features
  readonly moments: Moments
  readonly bins: Bins
}

/** Few enough for some samples in each, which the test of two shares wants. */
const bins = 50

/** What the extractor sees in the digits. */
export async function extractDigits(digits: Digits, extractor: Extractor): Promise<Features> {
  async function* images() {
    const side = Math.sqrt(digits.size)
    yield tf.tensor(digits.values, [digits.count, side, side, 1])
  }
  return extractFeatures(images(), extractor)
}

export async function createReference(digits: Digits, extractor: Extractor): Promise<Reference> {
  const features = await extractDigits(digits, extractor)
  return { features, moments: computeMoments(features), bins: computeBins(features, { bins }) }
}

export interface MeasureOptions {
  /** Pairs of subsets for the KID. Default 100. */
  readonly subsets?: number
  /** Subsets for the Fréchet distance at infinity. Default 15. */
  readonly sizes?: number
  /** Directions for the sliced Wasserstein distance. Default 128. */
  readonly projections?: number
}

/** All metrics of some images against real ones. */
export async function measureMetrics(
  real: Reference,
  digits: Digits,
  extractor: Extractor,
  { subsets = 100, sizes = 15, projections = 128 }: MeasureOptions = {},
): Promise<MetricValues> {
  const fake = await extractDigits(digits, extractor)
  const { precision, recall, density, coverage } = await neighborMetrics(real.features, fake)
  const { mean: KID } = await kid(real.features, fake, { subsets })
  return {
    Fréchet: frechetDistance(real.moments, computeMoments(fake)),
    'Fréchet ∞': frechetInfinity(real.moments, fake, { sizes }).value,
    KID,
    'sliced Wasserstein': slicedWasserstein(real.features, fake, { projections }),
    NDB: ndb(real.bins, fake),
    recall,
    coverage,
    precision,
    density,
    'Inception score': inceptionScore({ values: fake.logits!, count: fake.count, size: 10 }).mean,
  }
}
