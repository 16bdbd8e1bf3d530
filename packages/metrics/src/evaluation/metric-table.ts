import { computeClassBalance, totalVariation } from '../classifier/class-balance.ts'
import { inceptionScore } from '../classifier/inception-score.ts'
import { frechetDistance } from '../distances/frechet-distance.ts'
import { frechetInfinity } from '../distances/frechet-infinity.ts'
import { kid } from '../distances/kid.ts'
import { computeMoments } from '../distances/moments.ts'
import { ndb } from '../distances/ndb.ts'
import { slicedWasserstein } from '../distances/sliced-wasserstein.ts'
import { throwDataError } from '../features/feature-rows.ts'
import type { Features } from '../features/features.ts'
import { dataCopying } from '../memorization/data-copying.ts'
import { neighborMetrics } from '../neighbors/neighbor-metrics.ts'
import type { Better } from './metric-value.ts'
import type { ReferenceStatistics } from './reference.ts'

/** One or more metrics that are computed at once, from the features of fakes and of real samples. */
export interface MetricEntry {
  /** The names of the metrics, and which way each is better. */
  readonly metrics: Readonly<Record<string, Better>>
  /** Whether other real samples in place of the fakes give a floor. Default true. */
  readonly hasFloor?: boolean
  /** Whether it is measured only where it is named, because it is slow. Default false. */
  readonly onRequest?: boolean
  /**
   * @param pathLength measures the generator's path length, where the fakes come from a generator
   * @returns values by the names in `metrics`
   * @throws GankitError of kind 'data' where the metric is undefined for this data
   */
  compute(
    reference: ReferenceStatistics,
    fakes: Features,
    seed: number,
    pathLength?: MeasurePathLength,
  ): Promise<Record<string, number>>
}

/** Measures the perceptual path length of the generator that is evaluated. */
export type MeasurePathLength = (seed: number) => Promise<number>

/** All metrics of `evaluate`. A new one is a file with its function and one entry here. */
export const metricTable: readonly MetricEntry[] = [
  {
    metrics: { 'frechet-distance': 'less' },
    compute: async (reference, fakes) => ({
      'frechet-distance': frechetDistance(reference.moments(), computeMoments(fakes)),
    }),
  },
  {
    metrics: { 'frechet-infinity': 'less' },
    onRequest: true,
    compute: async (reference, fakes, seed) => ({
      'frechet-infinity': frechetInfinity(reference.moments(), fakes, { seed }).value,
    }),
  },
  {
    metrics: { kid: 'less' },
    compute: async ({ features }, fakes, seed) => ({ kid: (await kid(features, fakes, { seed })).mean }),
  },
  {
    metrics: { precision: 'more', recall: 'more', density: 'more', coverage: 'more' },
    compute: async ({ features }, fakes) => ({ ...(await neighborMetrics(features, fakes)) }),
  },
  {
    metrics: {
      confidence: 'more',
      'class-total-variation': 'less',
      'min-class-share': 'more',
      'max-class-share': 'less',
    },
    async compute({ features }, fakes) {
      const { confidence, shares } = computeClassBalance(fakes)
      return {
        confidence,
        'class-total-variation': totalVariation(shares, computeClassBalance(features).shares),
        'min-class-share': Math.min(...shares),
        'max-class-share': Math.max(...shares),
      }
    },
  },
  {
    metrics: { 'inception-score': 'more' },
    async compute(_, { logits, count }) {
      if (!logits)
        throwDataError(
          'the extractor gives no logits, expected those of a classifier for the Inception score',
        )
      return {
        'inception-score': inceptionScore({ values: logits, count, size: logits.length / count }).mean,
      }
    },
  },
  {
    metrics: { 'sliced-wasserstein': 'less' },
    onRequest: true,
    compute: async ({ features }, fakes, seed) => ({
      'sliced-wasserstein': slicedWasserstein(features, fakes, { seed }),
    }),
  },
  {
    metrics: { ndb: 'less' },
    onRequest: true,
    compute: async (reference, fakes) => ({ ndb: ndb(reference.bins(), fakes) }),
  },
  {
    metrics: { 'perceptual-path-length': 'less' },
    hasFloor: false,
    onRequest: true,
    async compute(_reference, _fakes, seed, pathLength) {
      if (!pathLength)
        throwDataError(
          'there are pictures and no generator, expected one for a path length: name a run or a model',
        )
      return { 'perceptual-path-length': await pathLength(seed) }
    },
  },
  {
    // p near 0: fakes lie nearer to the data than the data to one another.
    metrics: { 'data-copying-p': 'more' },
    hasFloor: false,
    async compute({ allFeatures }, fakes) {
      return { 'data-copying-p': (await dataCopying({ training: allFeatures, fakes })).pCopying }
    },
  },
]

/** The names of all metrics of `evaluate`. */
export const metricNames: readonly string[] = metricTable.flatMap(({ metrics }) => Object.keys(metrics))
