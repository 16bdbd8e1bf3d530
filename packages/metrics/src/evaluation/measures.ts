import { differentBins } from '../bins.ts'
import { refuse } from '../feature-rows.ts'
import type { Features } from '../features.ts'
import { frechetDistance } from '../frechet.ts'
import { frechetInfinity } from '../frechet-infinity.ts'
import { inceptionScore } from '../inception-score.ts'
import { kernelDistance } from '../kernel.ts'
import { dataCopying } from '../memorisation/data-copying.ts'
import { momentsOf } from '../moments.ts'
import { neighbourFigures } from '../neighbours/neighbour-figures.ts'
import { slicedWasserstein } from '../sliced-wasserstein.ts'
import { totalVariation, verdictsOf } from './class-figures.ts'
import type { Better } from './figure.ts'
import type { RealSide } from './real-side.ts'

/** What is computed at once: one or more figures of fakes held against real samples. */
export interface Measure {
  readonly figures: Readonly<Record<string, Better>>
  /** Whether the same of other real samples is a floor. Default true. */
  readonly hasFloor?: boolean
  /** Measured only when it is named. */
  readonly onRequest?: boolean
  /** @param path the generator's, where the fakes have one */
  measure(real: RealSide, fakes: Features, seed: number, path?: PathLength): Promise<Record<string, number>>
}

/** The perceptual path length of the generator at hand. */
export type PathLength = (seed: number) => Promise<number>

/** Everything that can be had of the features of fakes, by the names of the figures. */
export const measures: readonly Measure[] = [
  {
    figures: { frechet: 'less' },
    measure: async (real, fakes) => ({ frechet: frechetDistance(real.moments(), momentsOf(fakes)) }),
  },
  {
    figures: { 'frechet-infinity': 'less' },
    onRequest: true,
    measure: async (real, fakes, seed) => ({
      'frechet-infinity': frechetInfinity(real.moments(), fakes, { seed }).value,
    }),
  },
  {
    figures: { kernel: 'less' },
    measure: async ({ reference }, fakes, seed) => ({
      kernel: (await kernelDistance(reference, fakes, { seed })).mean,
    }),
  },
  {
    figures: { precision: 'more', recall: 'more', density: 'more', coverage: 'more' },
    measure: async ({ reference }, fakes) => ({ ...(await neighbourFigures(reference, fakes)) }),
  },
  {
    figures: { confidence: 'more', classes: 'less', 'rarest-class': 'more', 'commonest-class': 'less' },
    async measure({ reference }, fakes) {
      const { confidence, shares } = verdictsOf(fakes)
      return {
        confidence,
        classes: totalVariation(shares, verdictsOf(reference).shares),
        'rarest-class': Math.min(...shares),
        'commonest-class': Math.max(...shares),
      }
    },
  },
  {
    figures: { 'inception-score': 'more' },
    async measure(_, { logits, count }) {
      if (!logits)
        refuse('the extractor gives no logits, expected those of a classifier for the Inception score')
      return {
        'inception-score': inceptionScore({ values: logits, count, size: logits.length / count }).mean,
      }
    },
  },
  {
    figures: { 'sliced-wasserstein': 'less' },
    onRequest: true,
    measure: async ({ reference }, fakes, seed) => ({
      'sliced-wasserstein': slicedWasserstein(reference, fakes, { seed }),
    }),
  },
  {
    figures: { 'different-bins': 'less' },
    onRequest: true,
    measure: async (real, fakes) => ({ 'different-bins': differentBins(real.bins(), fakes) }),
  },
  {
    figures: { 'path-length': 'less' },
    hasFloor: false,
    onRequest: true,
    async measure(_real, _fakes, seed, path) {
      if (!path)
        refuse('there are pictures and no generator, expected one for a path length: name a run or a model')
      return { 'path-length': await path(seed) }
    },
  },
  {
    // p near 0: fakes lie nearer to the data than the data to one another.
    figures: { 'copying-p': 'more' },
    hasFloor: false,
    async measure({ all }, fakes) {
      return { 'copying-p': (await dataCopying({ training: all, fakes })).pCopying }
    },
  },
]

/** The figures that can be named, and those that are measured unless some are. */
export const metricNames: readonly string[] = measures.flatMap(({ figures }) => Object.keys(figures))
