import type { Extractor } from '../features.ts'
import { featuresOf } from '../features-of.ts'
import { evaluate } from './evaluate.ts'
import type { Figure } from './figure.ts'
import { imagesOfNumbers } from './images-of.ts'
import type { RealSide } from './real-side.ts'

/** Samples as plain numbers; what a trainer draws is such. */
export interface DrawnSamples {
  /** [count, …sampleShape], row-major. */
  readonly samples: Float32Array
  readonly sampleShape: readonly number[]
}

/** Default metrics while training: a distance, and whether anything is missing. */
const quick = ['frechet', 'recall', 'coverage']

/**
 * Figures to measure again and again while a GAN trains; hand them to `figures` of @gankit/trainer.
 * @param metrics by their names; default 'frechet', 'recall' and 'coverage'
 * @throws GankitError for unknown metrics; later for samples that a figure can't be had of
 */
export function quickFigures(
  real: RealSide,
  extractor: Extractor,
  metrics: readonly string[] = quick,
): (drawn: DrawnSamples) => Promise<Readonly<Record<string, Figure>>> {
  return async ({ samples, sampleShape }) => {
    const features = await featuresOf(imagesOfNumbers(samples, sampleShape), extractor)
    return (await evaluate({ real, fakes: async () => features, metrics, seeds: [0] })).figures
  }
}
