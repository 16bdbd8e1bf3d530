import {
  type Attribute,
  type Dataset,
  disposeBatch,
  encodeWords,
  randomStream,
  type TokenCondition,
} from '@gankit/core'
import {
  captionGrammars,
  type Description,
  describeSample,
  type Grammar,
  heldOutPairs,
  isHeldOut,
} from '@gankit/datasets'
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
import { drawImages, type EvaluationTarget } from './target.ts'

/** Samples that are described and classified for each seed. */
const maxSamples = 2000

/** How often a sample is described anew, until its caption names a held-out pair. */
const maxTries = 500

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

/** Samples, what is said of them, and which value of each attribute that means. */
export interface DescribedSamples {
  readonly captions: readonly string[]
  /** [count, attributes], `anyValue` for what a caption doesn't name. */
  readonly codes: Uint8Array
  /** The samples themselves, in this order. */
  real(): Images
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
  const grammars = chooseGrammars(subject, options.dataOptions)
  const seen = await describeSamples(dataset, grammars, Math.min(maxSamples, dataset.size))
  const measure = (metric: string, samples: DescribedSamples, wanted = samples.codes) =>
    measureAccuracy(metric, samples, wanted, { ...options, extractor, attributes, condition: captions })
  const all = await options.openAll()
  try {
    const unseen = await describeUnseen(all, grammars, subject)
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

function chooseGrammars(
  subject: keyof typeof captionGrammars,
  { captions }: DataOptions,
): readonly Grammar[] {
  const { en, zh } = captionGrammars[subject]
  return captions === 'en' ? [en] : captions === 'zh' ? [zh] : [en, zh]
}

/** Describes the first samples, each by one of the grammars in turn. */
async function describeSamples(
  dataset: Dataset,
  grammars: readonly Grammar[],
  count: number,
): Promise<DescribedSamples> {
  const attributes = dataset.attributes!
  const rows = (await readCodes(dataset)).slice(0, count)
  const random = randomStream(0, 'evaluate/captions')
  return toDescribed(
    dataset,
    attributes,
    rows,
    rows.map((row, i) =>
      describeSample(grammars[i % grammars.length]!, nameValues(attributes, row.codes), random),
    ),
  )
}

/** Samples with a held-out pair, in captions that name it; only the pair is asked for. Undefined where there is none. */
async function describeUnseen(
  all: Dataset,
  grammars: readonly Grammar[],
  subject: keyof typeof heldOutPairs,
): Promise<DescribedSamples | undefined> {
  const attributes = all.attributes!
  const random = randomStream(0, 'evaluate/captions/unseen')
  const rows: Row[] = []
  const said: Description[] = []
  for (const row of await readCodes(all)) {
    const values = nameValues(attributes, row.codes)
    if (!isHeldOut(values) || rows.length === maxSamples) continue
    const pair = (heldOutPairs[subject] as readonly Readonly<Record<string, string>>[]).find(pair =>
      Object.entries(pair).every(([name, value]) => values[name] === value),
    )
    if (!pair) continue
    const grammar = grammars[rows.length % grammars.length]!
    const names = Object.keys(pair)
    for (let tries = 0; tries < maxTries; tries++) {
      const { text, named } = describeSample(grammar, values, random)
      if (!names.every(name => named.includes(name))) continue
      rows.push(row)
      said.push({ text, named: names })
      break
    }
  }
  return rows.length > 0 ? toDescribed(all, attributes, rows, said) : undefined
}

interface Row {
  readonly index: number
  readonly codes: Uint8Array
}

/** The codes of all samples, in order. */
async function readCodes(dataset: Dataset): Promise<Row[]> {
  const width = dataset.attributes!.length
  const rows: Row[] = []
  for await (const batch of dataset.batches({
    size: 500,
    shuffle: false,
    epochs: 1,
    dropLast: false,
    augment: {},
  })) {
    for (let at = 0; at < batch.attributes!.length; at += width)
      rows.push({ index: rows.length, codes: batch.attributes!.slice(at, at + width) })
    disposeBatch(batch)
  }
  return rows
}

function nameValues(attributes: readonly Attribute[], codes: Uint8Array): Record<string, string> {
  return Object.fromEntries(attributes.map(({ name, values }, i) => [name, values[codes[i]!]!]))
}

function toDescribed(
  dataset: Dataset,
  attributes: readonly Attribute[],
  rows: readonly Row[],
  said: readonly Description[],
): DescribedSamples {
  const codes = said.flatMap(({ named }, i) =>
    attributes.map(({ name }, a) => (named.includes(name) ? rows[i]!.codes[a]! : anyValue)),
  )
  const chosen = dataset.select!(Uint32Array.from(rows, ({ index }) => index))
  return {
    captions: said.map(({ text }) => text),
    codes: Uint8Array.from(codes),
    real: () => readInOrder(chosen),
  }
}

async function* readInOrder(dataset: Dataset): Images {
  for await (const { samples, condition } of dataset.batches({
    size: 100,
    shuffle: false,
    epochs: 1,
    dropLast: false,
    augment: {},
  })) {
    condition?.dispose()
    yield samples
  }
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
