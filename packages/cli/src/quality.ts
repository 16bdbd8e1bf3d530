import { join } from 'node:path'
import { computeReference, quickMetrics } from '@gankit/metrics'
import { fileReferenceStore } from '@gankit/metrics/node'
import { type Figures, figures } from '@gankit/trainer'
import { saveGenerator } from '@gankit/trainer/node'
import { extractorOf, usualExtractor } from './evaluate/extractor-of.ts'
import type { Prepared } from './prepare.ts'

/** Fakes that are measured while a GAN trains, and real samples of each half. */
const count = 1000

/** Measures the generator every so many steps while it trains, and keeps the best in the run's folder `best`. */
export async function qualityOf(
  { config, dataset, directory, best: before }: Prepared,
  every: number,
): Promise<Figures> {
  const { training, data, dataOptions } = config
  const { sampleShape } = dataset
  const extractor = await extractorOf(usualExtractor(data, sampleShape, dataOptions.style), sampleShape)
  const reference = await computeReference(dataset, extractor, {
    count: Math.min(count, Math.floor(dataset.size / 2)),
    name: data,
    halvesOnly: true,
    store: fileReferenceStore(),
  })
  // A Fréchet distance takes more samples than features; pixels are too many.
  const usual = [
    reference.count > reference.allFeatures.size ? 'frechet-distance' : 'kid',
    'recall',
    'coverage',
  ]
  const best = training.bestBy ?? usual[0]!
  const measure = quickMetrics(reference, extractor, [...new Set([...usual, best])])
  return figures({
    every,
    count: reference.count,
    best,
    ...(before?.metric === best && { from: before }),
    async measure(drawn) {
      const measured = await measure(drawn)
      await reference.save()
      return Object.fromEntries(
        Object.entries(measured).map(([metric, { value, better, floor }]) => [
          metric,
          { value, better, floor },
        ]),
      )
    },
    keep: (_, { trainer }) => saveGenerator(join(directory.path, 'best'), trainer.gan),
  })
}
