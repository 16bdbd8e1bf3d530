import { extractFeatures } from '../features/extract-features.ts'
import type { Extractor } from '../features/features.ts'
import { batchImages } from '../features/images.ts'
import { evaluate } from './evaluate.ts'
import type { MetricValue } from './metric-value.ts'
import type { ReferenceStatistics } from './reference.ts'

/** Samples as plain numbers, as a trainer draws them. */
export interface DrawnSamples {
  /** [count, …sampleShape], row-major. */
  readonly samples: Float32Array
  readonly sampleShape: readonly number[]
}

/** A distance, and whether variety is missing. */
const defaultMetrics = ['frechet-distance', 'recall', 'coverage']

/**
 * A function that measures metrics again and again while a GAN trains, for the `measure` of `evaluation`
 * in @gankit/trainer.
 * @param metrics names from `metricNames`; default 'frechet-distance', 'recall' and 'coverage'
 * @returns a function that throws a GankitError for unknown metrics, and where the samples don't allow a metric
 */
export function quickMetrics(
  reference: ReferenceStatistics,
  extractor: Extractor,
  metrics: readonly string[] = defaultMetrics,
): (drawn: DrawnSamples) => Promise<Readonly<Record<string, MetricValue>>> {
  return async ({ samples, sampleShape }) => {
    const features = await extractFeatures(batchImages(samples, sampleShape), extractor)
    return (await evaluate({ reference, fakes: async () => features, metrics, seeds: [0] })).metrics
  }
}
