import { GankitError } from '@gankit/core'
import { readGiven } from '@gankit/experiment'
import { runFiles } from '@gankit/experiment/node'
import { computeReference, type MetricValue, quickMetrics } from '@gankit/metrics'
import { fileReferenceStore } from '@gankit/metrics/node'
import { type Evaluation, type EvaluationOptions, evaluation } from '@gankit/trainer'
import { chooseExtractor, openExtractor } from '../evaluate/extractor.ts'
import { measureOutputs, readPairs } from '../pairs/measure.ts'
import { formatCount } from '../terminal/format.ts'
import { writeGenerators } from './generators.ts'
import type { PreparedRun } from './prepare.ts'

/** Fakes that are measured while a GAN trains, and real samples of each half, at most. */
const maxCount = 1000

/**
 * Measures the generator every so many steps while it trains, and keeps the best in the run directory: beside the right answers where
 * its app learns from pairs and says how, else beside real samples.
 */
export async function createEvaluation(prepared: PreparedRun, every: number): Promise<Evaluation> {
  const { shown, directory, best: before } = prepared
  const { best, ...measuring } = shown.measures
    ? await measurePairsOf(prepared)
    : await measureSamplesOf(prepared)
  return evaluation({
    every,
    generator: shown.name,
    best,
    ...measuring,
    ...(before?.metric === best && { from: before }),
    keep: (_, { trainer }) => writeGenerators(trainer, runFiles(directory.path).best),
  })
}

/** What is measured, on which inputs, and which metric says what is best. */
type Measuring = Required<Pick<EvaluationOptions, 'best' | 'measure' | 'count'>> &
  Pick<EvaluationOptions, 'given'>

/** Measures outputs beside the targets of the pairs that are held out for it. */
async function measurePairsOf({ config, shown }: PreparedRun): Promise<Measuring> {
  // A run that is to be evaluated was checked to have these.
  const [from, like, measures] = [shown.from!, shown.like!, shown.measures!]
  const pairs = await readPairs(from.validation!, like.validation!)
  return {
    best: config.training.bestBy ?? measures.measures[0]!,
    count: pairs.count,
    given: { condition: pairs.inputs },
    measure: async ({ samples }) =>
      selectValues(
        await measureOutputs(pairs, {
          measures,
          split: `${formatCount(pairs.count)} held-out pairs of ${like.config.data}`,
          seeds: [0],
          draw: async () => samples as Float32Array,
        }),
      ),
  }
}

/** Measures samples beside other real ones by their features. */
async function measureSamplesOf({ config, shown }: PreparedRun): Promise<Measuring> {
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
  return {
    ...(await readGiven(shown, reference.count)),
    best,
    async measure({ samples, sampleShape }) {
      if (!(samples instanceof Float32Array))
        throw new GankitError(
          'cli',
          'data',
          'samples are tokens, expected numbers that metrics can be measured on',
        )
      const measured = await measure({ samples, sampleShape })
      await reference.save()
      return selectValues(measured)
    },
  }
}

/** What an event has of each metric. */
function selectValues(measured: Readonly<Record<string, MetricValue>>) {
  return Object.fromEntries(
    Object.entries(measured).map(([metric, { value, better, floor }]) => [metric, { value, better, floor }]),
  )
}
