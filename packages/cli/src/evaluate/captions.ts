import { type Attribute, type Dataset, encodeWords, type TokenCondition } from '@gankit/core'
import { type captionGrammars, selectGrammars } from '@gankit/datasets'
import { type DataOptions, parseSpec } from '@gankit/datasets/node'
import { drawInputs } from '@gankit/inference'
import {
  type AttributeClassifier,
  anyValue,
  canClassify,
  type Extractor,
  type Images,
  type LabeledSamples,
  type MetricValue,
  measureConditionAccuracy,
} from '@gankit/metrics'
import { type CaptionMatcher, measureRPrecision } from './caption-matcher.ts'
import { type DescribedSamples, describeSamples, describeUnseen } from './described-samples.ts'
import { drawImages, type EvaluationTarget } from './target.ts'

/** Samples that are described and classified for each seed. */
const maxSamples = 2000

/** What pictures of captions are measured with. */
export interface CaptionOptions {
  readonly target: EvaluationTarget
  /** Real samples with captions: without held-out pairs. */
  readonly dataset: Dataset
  readonly spec: string
  readonly dataOptions: DataOptions
  readonly extractor: Extractor
  readonly seeds: readonly number[]
  /** Opens the same data without captions: with held-out pairs, too. */
  openAll(): Promise<Dataset>
  /** What finds pictures by captions, and learned from others than the generator did. */
  readonly matcher?: CaptionMatcher | undefined
}

/**
 * Whether pictures show what their captions name, as a classifier of attributes sees it; the floor is real pictures of the same captions.
 * 'caption-accuracy' of captions like those of training, one figure for each attribute too; 'caption-accuracy-unseen' of pairs of values
 * that training never saw together; 'caption-accuracy-wrong' beside captions of others, the control; 'r-precision'. No metrics for a
 * generator without captions, and for pictures that no grammar describes.
 */
export async function measureCaptions(options: CaptionOptions): Promise<Record<string, MetricValue>> {
  const { target, dataset, spec, extractor, matcher, seeds } = options
  const captions = target.generator?.condition
  const attributes = dataset.attributes ?? []
  const subject = findSubject(spec)
  if (captions?.kind !== 'tokens' || !captions.words || !subject || !canClassify(extractor, attributes))
    return {}
  const grammars = selectGrammars(subject, options.dataOptions.captions || 'both')
  const seen = await describeSamples(dataset, grammars, maxSamples)
  const measure = (metric: string, samples: DescribedSamples, wanted = samples.codes) =>
    measureAccuracy(metric, samples, wanted, { ...options, extractor, attributes, condition: captions })
  const all = await options.openAll()
  try {
    const unseen = await describeUnseen(all, grammars, maxSamples)
    const unseenAccuracy = unseen && (await measure('caption-accuracy-unseen', unseen))
    const wrong = await measure('caption-accuracy-wrong', seen, rollRows(seen.codes, attributes.length))
    return {
      ...(await measure('caption-accuracy', seen)),
      ...pick(unseenAccuracy, 'caption-accuracy-unseen'),
      ...pick(wrong, 'caption-accuracy-wrong'),
      ...(matcher && {
        'r-precision': await measureRPrecision({
          matcher,
          samples: seen,
          split: `${seen.captions.length.toLocaleString('en')} of ${spec}`,
          seeds,
          draw: seed => drawCaptions(options, captions, seen.captions, seed),
        }),
      }),
    }
  } finally {
    await all.close?.()
  }
}

const pick = (values: Record<string, MetricValue> | undefined, name: string) =>
  values?.[name] ? { [name]: values[name] } : {}

function findSubject(spec: string): keyof typeof captionGrammars | undefined {
  const { kind } = parseSpec(spec)
  return kind === 'cartoon' ? 'faces' : kind === 'birds' ? 'birds' : undefined
}

/** Each sample's codes for the one before, and the first one's for the last. */
function rollRows(codes: Uint8Array, width: number): Uint8Array {
  return Uint8Array.from([...codes.subarray(width), ...codes.subarray(0, width)])
}

interface AccuracyOptions extends CaptionOptions {
  readonly extractor: AttributeClassifier
  readonly attributes: readonly Attribute[]
  readonly condition: TokenCondition
}

function measureAccuracy(
  metric: string,
  samples: DescribedSamples,
  codes: Uint8Array,
  options: AccuracyOptions,
): Promise<Record<string, MetricValue>> {
  const { extractor, attributes, seeds, spec, condition } = options
  const width = attributes.length
  const count = samples.captions.length
  // Attributes that no caption names have no accuracy.
  const columns = attributes.flatMap((_, a) =>
    Array.from({ length: count }, (_, i) => codes[i * width + a]!).some(code => code !== anyValue) ? [a] : [],
  )
  const labeled = (images: Images): LabeledSamples => ({
    images,
    codes: Uint8Array.from(
      Array.from({ length: count }, (_, i) => columns.map(a => codes[i * width + a]!)).flat(),
    ),
  })
  return measureConditionAccuracy({
    metric,
    extractor,
    conditions: columns.map(a => attributes[a]!),
    count,
    seeds,
    split: `${count.toLocaleString('en')} of ${spec}`,
    fakes: seed => labeled(drawCaptions(options, condition, samples.captions, seed)),
    real: labeled(samples.real()),
  })
}

/** Pictures that the generator makes of captions. */
function drawCaptions(
  { target }: CaptionOptions,
  { words, length }: TokenCondition,
  captions: readonly string[],
  seed: number,
): Images {
  const tokens = captions.flatMap(caption => encodeWords(words!, length, caption).tokens)
  const generator = target.generator!
  return drawImages(
    generator,
    drawInputs(generator, captions.length, seed, { condition: Int32Array.from(tokens) }),
  )
}
