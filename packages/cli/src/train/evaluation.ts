import { GankitError } from '@gankit/core'
import { runFiles } from '@gankit/experiment/node'
import { computeReference, quickMetrics } from '@gankit/metrics'
import { fileReferenceStore } from '@gankit/metrics/node'
import { type Evaluation, evaluation } from '@gankit/trainer'
import { chooseExtractor, openExtractor } from '../evaluate/extractor.ts'
import { writeGenerators } from './generators.ts'
import type { PreparedRun } from './prepare.ts'
import { readGiven } from './shown-samples.ts'

/** Fakes that are measured while a GAN trains, and real samples of each half, at most. */
const maxCount = 1000

/** Measures the generator every so many steps while it trains, and keeps the best in the run directory. */
export async function createEvaluation(
  { config, shown, directory, best: before }: PreparedRun,
  every: number,
): Promise<Evaluation> {
  const { training } = config
  // A run that is to be evaluated was checked to have such a stream.
  const { dataset, config: learned } = shown.like!
  const { data, dataOptions } = learned
  const { sampleShape } = dataset
  const extractor = await openExtractor(chooseExtractor(data, sampleShape, dataOptions.style), sampleShape)
  const reference = await computeReference(dataset, extractor, {
    count: Math.min(maxCount, Math.floor(dataset.size / 2)),
    name: data,
    halvesOnly: true,
    store: fileReferenceStore(),
  })
  // A Fréchet distance takes more samples than features; pixels have too many.
  const hasEnough = reference.count > reference.allFeatures.size
  const usual = [hasEnough ? 'frechet-distance' : 'kid', 'recall', 'coverage']
  const best = training.bestBy ?? usual[0]!
  const measure = quickMetrics(reference, extractor, [...new Set([...usual, best])])
  return evaluation({
    every,
    ...(await readGiven(shown, reference.count)),
    generator: shown.name,
    best,
    ...(before?.metric === best && { from: before }),
    async measure({ samples, sampleShape }) {
      if (!(samples instanceof Float32Array))
        throw new GankitError(
          'cli',
          'data',
          'samples are tokens, expected numbers that metrics can be measured on',
        )
      const measured = await measure({ samples, sampleShape })
      await reference.save()
      return Object.fromEntries(
        Object.entries(measured).map(([metric, { value, better, floor }]) => [
          metric,
          { value, better, floor },
        ]),
      )
    },
    keep: (_, { trainer }) => writeGenerators(trainer, runFiles(directory.path).best),
  })
}
