import { checkChoice } from '@gankit/core'
import { type MetricValue, summarizeSeeds } from '../evaluation/metric-value.ts'
import { throwDataError } from '../features/feature-rows.ts'
import type { PicturePair } from './average-pairs.ts'
import {
  type PairedMetric,
  type PairOptions,
  pairedMetrics,
  pairedMetricTable,
} from './paired-metric-table.ts'

export interface MeasurePairsOptions extends PairOptions {
  /** Outputs with their targets, for a seed of the generator's noise; called once per seed. */
  readonly pairs: (seed: number) => AsyncIterable<PicturePair> | Iterable<PicturePair>
  /** Names from `pairedMetricNames`, at least one. */
  readonly metrics: readonly string[]
  /** Names the pairs: 'faces: 50 of 1,000 held out'. */
  readonly split: string
  /** Default 0 alone: more tell something only of a generator that has noise. */
  readonly seeds?: readonly number[]
}

/** The value of a paired metric. No extractor stands between the pictures and it. */
export interface PairedMetricValue extends MetricValue {
  readonly extractor: null
  readonly unit: PairedMetric['unit']
  /** Pixels that were left out at each border. */
  readonly crop: number
}

/** The names of all metrics of pairs. */
export const pairedMetricNames: readonly string[] = Object.keys(pairedMetrics)

/** @param option what names the metrics, for the error. @throws GankitError for an unknown name, and for none */
export function checkPairedMetrics(option: string, names: readonly string[]): void {
  for (const name of names.length === 0 ? ['none'] : names)
    checkChoice('metrics', option, name, pairedMetricNames)
}

/**
 * Measures metrics of outputs beside the targets that they should equal, as means over the pairs; metrics of classes are those of all
 * pixels together. The floor is the value of outputs that equal their targets; of metrics by a segmenter's labels it is measured.
 * @throws GankitError for unknown metrics and no pairs, and where the pictures don't allow a metric
 */
export async function measurePairs({
  pairs,
  metrics,
  split,
  seeds = [0],
  ...options
}: MeasurePairsOptions): Promise<Readonly<Record<string, PairedMetricValue>>> {
  checkPairedMetrics('metrics', metrics)
  const entries = pairedMetricTable.filter(entry => metrics.some(name => Object.hasOwn(entry.metrics, name)))
  const perSeed: Record<string, number>[] = []
  let count = 0
  let floors: Readonly<Record<string, number>> = {}
  for (const seed of seeds) {
    const measurements = entries.map(entry => entry.start(options))
    count = 0
    for await (const pair of pairs(seed)) {
      checkPair(pair, metrics)
      for (const measurement of measurements) measurement.add(pair)
      count += 1
    }
    if (count === 0) throwDataError('there are no pairs, expected at least one')
    floors = Object.assign({}, ...measurements.map(measurement => measurement.floors?.() ?? {}))
    perSeed.push(Object.assign({}, ...measurements.map(measurement => measurement.values())))
  }
  return Object.fromEntries(
    metrics.map(metric => {
      const { better, best, unit, crops = false } = pairedMetrics[metric]!
      const value = summarizeSeeds(
        perSeed.map(values => values[metric]!),
        {
          metric,
          floor: floors[metric] ?? best,
          better,
          nReal: count,
          nFake: count,
          split,
          extractor: null,
          seeds,
        },
      )
      return [metric, { ...value, extractor: null, unit, crop: crops ? (options.crop ?? 0) : 0 }]
    }),
  )
}

function checkPair({ input, labels }: PicturePair, metrics: readonly string[]): void {
  for (const [what, given, need] of [
    ['input, expected one', input, 'needsInput'],
    ['labels, expected some', labels, 'needsLabels'],
  ] as const) {
    const needing = given ? undefined : metrics.find(name => pairedMetrics[name]![need])
    if (needing !== undefined)
      throwDataError(`a pair has no ${what} for ${needing}: give it, or leave the metric out`)
  }
}
