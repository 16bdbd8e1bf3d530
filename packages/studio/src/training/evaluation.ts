import { type RunConfig, type RunSamples, readGiven, readSamples } from '@gankit/experiment'
import {
  chooseShippedExtractor,
  computeReference,
  cutPicture,
  measurePairs,
  type PairedMetricValue,
  quickMetrics,
  shippedExtractors,
} from '@gankit/metrics'
import { type Evaluation, type EvaluationOptions, evaluation } from '@gankit/trainer'

/** Real samples without which nothing is measured. */
const minSamples = 64
/** Samples of each half, and held-out pairs, that are measured in a tab, at most. */
const [maxSamples, maxPairs] = [500, 64]

/**
 * Measures the generator while it trains: beside the targets of held-out pairs where its app learns from such, else beside real samples
 * by their features.
 * @returns undefined where there is nothing to compare with
 */
export async function createTabEvaluation(
  config: RunConfig,
  shown: RunSamples,
  every: number,
): Promise<Evaluation | undefined> {
  const measuring = shown.measures ? await measureHeldOut(shown) : await measureFeatures(config, shown)
  return measuring && evaluation({ every, generator: shown.name, ...measuring })
}

type Measuring = Pick<EvaluationOptions, 'measure' | 'count' | 'given' | 'best'>

async function measureFeatures({ seed }: RunConfig, shown: RunSamples): Promise<Measuring | undefined> {
  const { like } = shown
  if (like?.dataset.sampleShape.length !== 3 || like.dataset.size < minSamples) return undefined
  const { dataset, config } = like
  const kind = config.data.split(':')[0]!
  const extractor =
    await shippedExtractors[
      chooseShippedExtractor(kind, dataset.sampleShape, config.dataOptions.style)
    ]!.create()
  const count = Math.min(maxSamples, Math.floor(dataset.size / 2))
  const reference = await computeReference(dataset, extractor, {
    count,
    seed,
    name: config.data,
    halvesOnly: true,
  })
  // A Fréchet distance takes more samples than features; pixels have too many.
  const distance = reference.count > reference.allFeatures.size ? 'frechet-distance' : 'kid'
  const measure = quickMetrics(reference, extractor, [distance, 'recall', 'coverage'])
  return {
    ...(await readGiven(shown, reference.count)),
    best: distance,
    measure: async ({ samples, sampleShape }) => measure({ samples: samples as Float32Array, sampleShape }),
  }
}

/** Metrics of outputs beside their targets; those that need a segmenter are left out. */
async function measureHeldOut({ from, like, measures }: RunSamples): Promise<Measuring | undefined> {
  if (!from?.validation || !like?.validation || !measures) return undefined
  const names = measures.measures.filter(name => !name.startsWith('fcn'))
  const count = Math.min(maxPairs, from.validation.size)
  const [inputs, targets] = [
    await readSamples(from.validation, count),
    await readSamples(like.validation, count),
  ]
  const [inputShape, targetShape] = [from.dataset.sampleShape, like.dataset.sampleShape]
  const { crop, palette, reduce } = measures
  return {
    count,
    given: { condition: inputs },
    best: names[0]!,
    async measure({ samples }) {
      const outputs = (samples as Float32Array).map(value => Math.max(-1, Math.min(1, value)))
      const measured: Readonly<Record<string, PairedMetricValue>> = await measurePairs({
        metrics: names,
        split: 'held out',
        ...(crop !== undefined && { crop }),
        ...(palette && { palette }),
        ...(reduce && { reduce }),
        *pairs() {
          for (let i = 0; i < count; i++)
            yield {
              input: cutPicture(inputs, inputShape, i),
              output: cutPicture(outputs, targetShape, i),
              target: cutPicture(targets, targetShape, i),
            }
        },
      })
      return measured
    },
  }
}
