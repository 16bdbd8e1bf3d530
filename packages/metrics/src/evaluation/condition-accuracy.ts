import { type ConditionAttribute, GankitError } from '@gankit/core'
import type * as tf from '@tensorflow/tfjs'
import type { Extractor } from '../features/features.ts'
import { mean } from '../statistics.ts'
import { type MetricValue, summarizeSeeds } from './metric-value.ts'

/** An extractor that recognizes attributes of samples. */
export type AttributeClassifier = Extractor & Required<Pick<Extractor, 'attributes' | 'classifyAttributes'>>

/** Samples with labels: the conditions that a fake was drawn for, or the true values of a real sample. */
export interface LabeledSamples {
  /** Disposed of by the consumer. */
  readonly images: AsyncIterable<tf.Tensor>
  /** [count, conditions.length], row-major: codes, indices into each condition's `values`, or `anyValue`. */
  readonly codes: ArrayLike<number>
}

/** The code of an attribute that a sample was not asked to have: no value of it is right or wrong. */
export const anyValue = 255

interface ConditionAccuracyOptions {
  /** The name of the metric. Default 'condition-accuracy'. */
  readonly metric?: string
  readonly extractor: AttributeClassifier
  readonly conditions: readonly ConditionAttribute[]
  /** Fakes for a seed, with the conditions that they were drawn for. */
  readonly fakes: (seed: number) => LabeledSamples
  /** Real samples with their true values, which give the floor. */
  readonly real: LabeledSamples
  /** Samples to classify, of fakes for each seed and of real ones. */
  readonly count: number
  /** Names the real samples. */
  readonly split: string
  /** Default 0, 1 and 2. */
  readonly seeds?: readonly number[]
}

/** Whether an extractor recognizes all conditions of a generator; false for a generator without conditions. */
export function canClassify(
  extractor: Extractor,
  conditions: readonly ConditionAttribute[],
): extractor is AttributeClassifier {
  const { attributes = [], classifyAttributes } = extractor
  return (
    classifyAttributes !== undefined &&
    conditions.length > 0 &&
    conditions.every(({ name }) => attributes.some(known => known.name === name))
  )
}

/**
 * The share of fakes in which the classifier sees the condition that they were drawn for, among those that were drawn for one (as the GAN-test accuracy of
 * Shmelkov et al. 2018, arXiv 1807.09499): 'condition-accuracy', the mean over all conditions, and one metric for each,
 * 'condition-accuracy-glasses'. From 0 to 1. The floor is the classifier's accuracy on real samples. A classifier that
 * errs on fakes in its own way makes it too low or too high: read it beside the floor.
 * @throws GankitError for fewer samples than `count`, and for a condition that no sample was drawn for
 */
export async function measureConditionAccuracy(
  options: ConditionAccuracyOptions,
): Promise<Record<string, MetricValue>> {
  const { extractor, conditions, fakes, real, count, split, seeds = [0, 1, 2] } = options
  const { metric: all = 'condition-accuracy' } = options
  const floors = await computeAccuracies(extractor, conditions, real, count)
  const perSeed: number[][] = []
  for (const seed of seeds) perSeed.push(await computeAccuracies(extractor, conditions, fakes(seed), count))
  const names = [all, ...conditions.map(({ name }) => `${all}-${name}`)]
  return Object.fromEntries(
    names.map((metric, i) => {
      const value = summarizeSeeds(
        perSeed.map(accuracies => accuracies[i]!),
        {
          metric,
          floor: floors[i]!,
          better: 'more',
          nReal: count,
          nFake: count,
          split,
          extractor: { name: extractor.name, sha256: extractor.sha256 },
          seeds,
        },
      )
      return [metric, value]
    }),
  )
}

/** The mean accuracy over all conditions, then that of each. */
async function computeAccuracies(
  { attributes, classifyAttributes }: AttributeClassifier,
  conditions: readonly ConditionAttribute[],
  { images, codes }: LabeledSamples,
  count: number,
): Promise<number[]> {
  const columns = conditions.map(({ name }) => attributes.findIndex(attribute => attribute.name === name))
  const correct = conditions.map(() => 0)
  const wanted = conditions.map(() => 0)
  let seen = 0
  for await (const piece of images) {
    const predicted = await classifyAttributes(piece)
    const [n] = piece.shape as [number]
    piece.dispose()
    for (let i = 0; i < n && seen < count; i++, seen++)
      for (const [c, condition] of conditions.entries()) {
        const code = codes[seen * conditions.length + c]!
        if (code === anyValue) continue
        wanted[c]! += 1
        // Compared by name: the extractor and the generator may order an attribute's values differently.
        const value = attributes[columns[c]!]!.values[predicted[i * attributes.length + columns[c]!]!]
        if (value === condition.values[code]) correct[c]! += 1
      }
    if (seen >= count) break
  }
  if (seen < count)
    throw new GankitError(
      'metrics',
      'data',
      `there are ${seen} samples with attributes, expected ${count}: ask for fewer`,
    )
  const missing = conditions.find((_, c) => wanted[c] === 0)
  if (missing)
    throw new GankitError(
      'metrics',
      'data',
      `none of ${seen} samples was drawn for a value of ${missing.name}, expected some: ask for more, or leave it out`,
    )
  const accuracies = correct.map((right, c) => right / wanted[c]!)
  return [mean(accuracies), ...accuracies]
}
