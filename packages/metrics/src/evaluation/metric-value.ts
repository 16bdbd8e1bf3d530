import { mean, standardDeviation } from '../statistics.ts'

/**
 * Version of the rules by which metrics are measured: which samples count as real, how halves are drawn. Values of two
 * versions don't compare.
 */
export const protocolVersion = 1

export type Better = 'less' | 'more'

/** The value of a metric, and everything that must be equal before it may be compared with another. */
export interface MetricValue {
  /** 'frechet-distance', 'coverage' and so on. */
  readonly metric: string
  /** The mean over the seeds. */
  readonly value: number
  /** Standard deviation between the seeds, divided by their number less one; null for a single seed. */
  readonly deviation: number | null
  /** One value per seed. */
  readonly values: readonly number[]
  /**
   * The metric of as many other real samples in place of the fakes: the value of a perfect generator, which no generator
   * beats but by chance. Null for metrics without one.
   */
  readonly floor: number | null
  readonly better: Better
  /** Of metrics of pairs. Default: the metric has a unit of its own, or none. */
  readonly unit?: 'dB' | 'share'
  readonly nReal: number
  readonly nFake: number
  /** Names the real samples: 'embedded: 5,000 of 10,000, seed 0'. */
  readonly split: string
  /** Null for metrics of pictures as they are, beside the right answers. */
  readonly extractor: { readonly name: string; readonly sha256: string } | null
  /** The first seed. */
  readonly seed: number
  readonly seeds: readonly number[]
  readonly version: typeof protocolVersion
}

/** Builds a metric's value from its values for each seed. */
export function summarizeSeeds(
  values: readonly number[],
  protocol: Omit<MetricValue, 'value' | 'deviation' | 'values' | 'seed' | 'version'>,
): MetricValue {
  return {
    ...protocol,
    value: mean(values),
    deviation: values.length < 2 ? null : standardDeviation(values, 1),
    values,
    seed: protocol.seeds[0]!,
    version: protocolVersion,
  }
}
