import { type Dataset, GankitError, type Generator, sizeOfShape } from '@gankit/core'
import { enlargeBicubic } from '@gankit/datasets'
import { type AppMeasures, readSamples } from '@gankit/experiment'
import {
  checkPairedMetrics,
  classesOfColors,
  cutPicture,
  measurePairs,
  type PairedMetricValue,
  type Picture,
  type PicturePair,
} from '@gankit/metrics'
import { type LabelNumbers, labelPairs, type Segmenter } from './segmenter.ts'

/** How an app measures its outputs beside their targets, and who gives labels to both where metrics of these are measured. */
export type PairMeasures = AppMeasures & { readonly segmenter?: Segmenter }

/** Inputs and their targets as plain numbers. */
export interface PairNumbers {
  readonly count: number
  /** [count, …inputShape] */
  readonly inputs: Float32Array
  readonly inputShape: readonly number[]
  /** [count, …targetShape] */
  readonly targets: Float32Array
  readonly targetShape: readonly number[]
}

/** Numbers of pictures that are held at once, at most: 160 MB. */
const maxNumbers = 4e7

/**
 * @param like the data with the targets
 * @throws GankitError for a metric that isn't there, samples that are no pictures, and targets of another shape
 */
export function checkPairMeasures(
  app: string,
  measures: readonly string[],
  { sampleShape }: Pick<Generator, 'sampleShape'>,
  like: Pick<Dataset, 'sampleShape'>,
): void {
  checkPairedMetrics(`samples.measures of ${app}`, measures)
  const [made, wanted] = [sampleShape, like.sampleShape].map(shape => shape.join('×'))
  if (sampleShape.length === 3 && made === wanted) return
  throw new GankitError(
    'cli',
    'data',
    made === wanted
      ? `samples of ${app} have the shape ${made}, expected height×width×channels for ${measures.join(', ')}: leave samples.measures out`
      : `outputs of ${app} are ${made} and their targets ${wanted}, expected one shape: choose other data or another --size`,
  )
}

/** Pairs come in their own order. */
const inOrder = { shuffle: false }

/** Label maps that are looked at before a training. */
const checkedLabels = 16

/** @throws GankitError for label maps in other colors than those of the palette, before anything learns from them */
export async function checkLabels(
  like: Dataset,
  palette: NonNullable<PairMeasures['palette']>,
): Promise<void> {
  const count = Math.min(checkedLabels, like.size)
  const maps = await readSamples(like, count, inOrder)
  for (let i = 0; i < count; i++)
    classesOfColors(cutPicture(maps, like.sampleShape, i), palette, { isTrue: true })
}

/** Reads the first pairs, up to `wanted` and as many as memory allows, in their own order and as they are. */
export async function readPairs(
  from: Dataset,
  like: Dataset,
  wanted: number = from.size,
): Promise<PairNumbers> {
  const each = sizeOfShape(from.sampleShape) + sizeOfShape(like.sampleShape)
  const count = Math.min(wanted, from.size, Math.max(1, Math.floor(maxNumbers / each)))
  return {
    count,
    inputs: await readSamples(from, count, inOrder),
    inputShape: from.sampleShape,
    targets: await readSamples(like, count, inOrder),
    targetShape: like.sampleShape,
  }
}

/** What `measureOutputs` is told beside the pairs. */
export interface MeasureOptions {
  readonly measures: PairMeasures
  /** Names the pairs. */
  readonly split: string
  readonly seeds: readonly number[]
  /** What the generator makes of all inputs, for a seed: [count, …targetShape]. */
  readonly draw: (seed: number) => Promise<Float32Array>
}

/** Measures what a generator makes of the inputs beside their targets. @throws GankitError where the pictures don't allow a metric */
export async function measureOutputs(
  pairs: PairNumbers,
  { measures: { measures, segmenter, ...options }, split, seeds, draw }: MeasureOptions,
): Promise<Readonly<Record<string, PairedMetricValue>>> {
  return measurePairs({
    ...options,
    ...(segmenter && { labelPalette: segmenter.palette }),
    metrics: measures,
    split,
    seeds,
    async *pairs(seed) {
      const outputs = await draw(seed)
      const labels = segmenter && { ...(await labelPairs(segmenter, pairs, outputs)), segmenter }
      yield* listPairs(pairs, outputs, labels)
    },
  })
}

/**
 * The same of the inputs in place of the outputs: what a translation has to be better than. Smaller inputs are enlarged by the bicubic
 * kernel.
 * @returns undefined where inputs and targets are different kinds of pictures
 */
export async function measureInputs(
  pairs: PairNumbers,
  measures: PairMeasures,
): Promise<Readonly<Record<string, number>> | undefined> {
  const { count, inputs, inputShape, targetShape } = pairs
  const factor = targetShape[0]! / inputShape[0]!
  const isSameKind = inputShape[2] === targetShape[2] && targetShape[1] === factor * inputShape[1]!
  if (!isSameKind || !Number.isInteger(factor)) return undefined
  const size = sizeOfShape(targetShape)
  const outputs = new Float32Array(count * size)
  for (let i = 0; i < count; i++) outputs.set(enlarge(cutPicture(inputs, inputShape, i), factor), i * size)
  const values = await measureOutputs(pairs, {
    measures,
    split: 'inputs',
    seeds: [0],
    draw: async () => outputs,
  })
  return Object.fromEntries(Object.entries(values).map(([name, { value }]) => [name, value]))
}

function enlarge({ values, shape: [height, width, channels] }: Picture, factor: number): Float32Array {
  const data = Float32Array.from(values)
  return factor === 1 ? data : enlargeBicubic({ data, width, height, channels }, factor).data
}

function* listPairs(
  { count, inputs, inputShape, targets, targetShape }: PairNumbers,
  outputs: Float32Array,
  labels?: LabelNumbers & { readonly segmenter: Segmenter },
): Iterable<PicturePair> {
  const cut = (numbers: Float32Array, i: number) => cutPicture(numbers, targetShape, i)
  for (let i = 0; i < count; i++)
    yield {
      input: cutPicture(inputs, inputShape, i),
      target: cut(targets, i),
      output: cut(outputs, i),
      ...(labels && {
        labels: {
          output: cut(labels.outputs, i),
          target: cut(labels.targets, i),
          ...(labels.segmenter.inputsAreLabels && { wanted: cut(inputs, i) }),
        },
      }),
    }
}
