import {
  type Attribute,
  type Batch,
  type Batches,
  type BatchOptions,
  checkInteger,
  checkSeed,
  type Dataset,
  disposeBatch,
  encodeWords,
  GankitError,
  listVocabulary,
  mapBatches,
  type RandomStream,
  randomStream,
  type TokenCondition,
} from '@gankit/core'
import * as tf from '@tensorflow/tfjs'
import { describeSample, type SampleValues } from './describe-sample.ts'
import { type Grammar, listGrammarWords } from './grammar.ts'

export interface CaptionDatasetOptions {
  /** What captions are said by; each caption draws one of them. */
  readonly grammars: readonly Grammar[]
  /** Seed of the captions. Default 0. */
  readonly seed?: number
  /** Tokens in a caption, 16 to 256; grammars say no more. Default 32. */
  readonly length?: number
}

/** How many captions stand for all where none are given. */
const exampleCount = 64

/**
 * A dataset with attributes, and captions of them as conditions: tokens, int32 [n, length]. Each sample's caption is drawn anew in every
 * epoch, by the seed and the batch's position alone, so that a run that goes on draws the same ones.
 * @throws GankitError for options out of range, and for a dataset without the attributes that the grammars name
 */
export async function captionDataset(
  dataset: Dataset,
  { grammars: given, seed = 0, length = 32 }: CaptionDatasetOptions,
): Promise<Dataset> {
  checkSeed(seed)
  checkInteger('datasets', 'length', length, 16, 256)
  checkAttributes(dataset, given)
  const grammars = given.map(grammar => ({ ...grammar, maxWords: Math.min(grammar.maxWords, length) }))
  const words = listVocabulary(grammars.flatMap(listGrammarWords))
  const condition: TokenCondition = { kind: 'tokens', length, vocabulary: words.length, words }
  const examples = await describeExamples(dataset, grammars, condition, seed)
  return addCaptions(dataset, grammars, { ...condition, examples }, seed)
}

function checkAttributes({ attributes = [], condition }: Dataset, grammars: readonly Grammar[]): void {
  if (condition)
    throw new GankitError(
      'datasets',
      'option',
      `dataset has conditions (${condition.kind}) already, expected one without: leave captions out`,
    )
  if (grammars.length === 0)
    throw new GankitError('datasets', 'option', 'grammars is empty, expected at least one')
  for (const { name, traits } of grammars) {
    const missing = Object.keys(traits).filter(trait => !attributes.some(({ name }) => name === trait))
    if (missing.length > 0)
      throw new GankitError(
        'datasets',
        'option',
        `grammar ${name} speaks of ${missing.join(', ')}, and the data have the attributes ${attributes.map(({ name }) => name).join(', ') || 'none'}: take the pictures that it is for`,
      )
  }
}

/** Captions of a few samples, for what draws conditions without the data. */
async function describeExamples(
  dataset: Dataset,
  grammars: readonly Grammar[],
  condition: TokenCondition,
  seed: number,
): Promise<number[][]> {
  const size = Math.min(exampleCount, dataset.size)
  const batches = dataset.batches({ size, seed, epochs: 1, augment: {} })
  const { value: batch } = await batches.next()
  await batches.return?.()
  disposeBatch(batch)
  const rows = readValues(dataset.attributes!, batch)
  const random = randomStream(seed, 'datasets/captions/examples')
  return Array.from({ length: exampleCount }, (_, i) =>
    drawCaption(grammars, condition, rows[i % size]!, random),
  )
}

function addCaptions(
  dataset: Dataset,
  grammars: readonly Grammar[],
  condition: TokenCondition,
  seed: number,
): Dataset {
  return {
    ...dataset,
    condition,
    batches: options =>
      mapPlacedBatches(dataset, options, (batch, { epoch, batch: number }) => {
        const random = randomStream(seed, `datasets/captions/${epoch}`, number)
        const rows = readValues(dataset.attributes!, batch)
        const tokens = rows.flatMap(values => drawCaption(grammars, condition, values, random))
        return { ...batch, condition: tf.tensor2d(tokens, [rows.length, condition.length], 'int32') }
      }),
    ...(dataset.select && {
      select: indices => addCaptions(dataset.select!(indices), grammars, condition, seed),
    }),
  }
}

/** Batches with each changed by a function that is told its position. */
function mapPlacedBatches(
  dataset: Dataset,
  options: BatchOptions,
  map: (batch: Batch, position: { epoch: number; batch: number }) => Batch,
): Batches {
  const batches = dataset.batches(options)
  const { size, dropLast = true } = options
  const perEpoch = dropLast ? Math.floor(dataset.size / size) : Math.ceil(dataset.size / size)
  let next = batches.position()
  return mapBatches(batches, batch => {
    const position = next
    next =
      position.batch + 1 === perEpoch
        ? { epoch: position.epoch + 1, batch: 0 }
        : { ...position, batch: position.batch + 1 }
    return map(batch, position)
  })
}

/** The values of a batch's samples by name. */
function readValues(attributes: readonly Attribute[], { attributes: codes }: Batch): SampleValues[] {
  return Array.from({ length: codes!.length / attributes.length }, (_, row) =>
    nameValues(attributes, codes!, row),
  )
}

/** The values of sample `row`, by the names of attributes. */
export function nameValues(attributes: readonly Attribute[], codes: Uint8Array, row: number): SampleValues {
  return Object.fromEntries(
    attributes.map(({ name, values }, i) => [name, values[codes[row * attributes.length + i]!]!]),
  )
}

function drawCaption(
  grammars: readonly Grammar[],
  { words, length }: TokenCondition,
  values: SampleValues,
  random: RandomStream,
): number[] {
  const grammar =
    grammars.length > 1 ? grammars[Math.floor(random.uniform(1)[0]! * grammars.length)]! : grammars[0]!
  return encodeWords(words!, length, describeSample(grammar, values, random).text).tokens
}
