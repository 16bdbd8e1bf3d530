import * as tf from '@tensorflow/tfjs'
import {
  type Bins,
  binsOf,
  differentBins,
  type Extractor,
  type Features,
  featuresOf,
  frechetDistance,
  frechetInfinity,
  inceptionScore,
  kernelDistance,
  type Moments,
  momentsOf,
  neighbourFigures,
  slicedWasserstein,
} from '../../src/index.ts'
import type { Digits } from './digits.ts'

export type FigureName =
  | 'Fréchet'
  | 'Fréchet ∞'
  | 'kernel'
  | 'sliced Wasserstein'
  | 'different bins'
  | 'precision'
  | 'density'
  | 'recall'
  | 'coverage'
  | 'Inception score'

export type Figures = Readonly<Record<FigureName, number>>

/** Which way each is better, in the order of tables and plots. */
export const better: Readonly<Record<FigureName, 'less' | 'more'>> = {
  Fréchet: 'less',
  'Fréchet ∞': 'less',
  kernel: 'less',
  'sliced Wasserstein': 'less',
  'different bins': 'less',
  recall: 'more',
  coverage: 'more',
  precision: 'more',
  density: 'more',
  'Inception score': 'more',
}

export const figureNames = Object.keys(better) as FigureName[]

/** Real features, and what is measured once of them. */
export interface Reference {
  readonly features: Features
  readonly moments: Moments
  readonly bins: Bins
}

/** Few enough for some samples in each, which the test of two shares wants. */
const bins = 50

/** What the extractor sees in the digits. */
export async function seen(digits: Digits, extractor: Extractor): Promise<Features> {
  async function* images() {
    const side = Math.sqrt(digits.size)
    yield tf.tensor(digits.values, [digits.count, side, side, 1])
  }
  return featuresOf(images(), extractor)
}

export async function referenceOf(digits: Digits, extractor: Extractor): Promise<Reference> {
  const features = await seen(digits, extractor)
  return { features, moments: momentsOf(features), bins: binsOf(features, { bins }) }
}

export interface FiguresOptions {
  /** Pairs of subsets for the kernel distance. Default 100. */
  readonly subsets?: number
  /** Subsets for the Fréchet distance at infinity. Default 15. */
  readonly sizes?: number
  /** Directions for the sliced Wasserstein distance. Default 128. */
  readonly projections?: number
}

/** All figures of some images against real ones. */
export async function figuresOf(
  real: Reference,
  digits: Digits,
  extractor: Extractor,
  { subsets = 100, sizes = 15, projections = 128 }: FiguresOptions = {},
): Promise<Figures> {
  const fake = await seen(digits, extractor)
  const { precision, recall, density, coverage } = await neighbourFigures(real.features, fake)
  const { mean: kernel } = await kernelDistance(real.features, fake, { subsets })
  return {
    Fréchet: frechetDistance(real.moments, momentsOf(fake)),
    'Fréchet ∞': frechetInfinity(real.moments, fake, { sizes }).value,
    kernel,
    'sliced Wasserstein': slicedWasserstein(real.features, fake, { projections }),
    'different bins': differentBins(real.bins, fake),
    recall,
    coverage,
    precision,
    density,
    'Inception score': inceptionScore({ values: fake.logits!, count: fake.count, size: 10 }).mean,
  }
}
