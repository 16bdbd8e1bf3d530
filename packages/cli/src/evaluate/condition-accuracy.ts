import type { ConditionAttribute, Dataset } from '@gankit/core'
import { withAttributes } from '@gankit/datasets'
import { decodeCategories, drawInputs } from '@gankit/inference'
import {
  canClassify,
  type Extractor,
  type LabeledSamples,
  type MetricValue,
  measureConditionAccuracy,
} from '@gankit/metrics'
import { drawImages, type EvaluationTarget } from './target.ts'

/** Samples that are classified for each seed. */
const maxSamples = 2000

/** What condition accuracy is measured with. */
export interface AccuracyOptions {
  readonly target: EvaluationTarget
  readonly dataset: Dataset
  /** The spec of the dataset. */
  readonly spec: string
  readonly extractor: Extractor
  readonly seeds: readonly number[]
}

/**
 * How often fakes have the condition that they were drawn with, as a classifier sees it. No metrics for a generator
 * without categories, an extractor that can't see them, and data without these attributes.
 */
export async function measureAccuracy({
  target: { generator },
  dataset,
  spec,
  extractor,
  seeds,
}: AccuracyOptions): Promise<Record<string, MetricValue>> {
  const { condition } = generator ?? {}
  if (!generator || condition?.kind !== 'categories') return {}
  const { attributes } = condition
  const names = attributes.map(({ name }) => name)
  const known = [...(dataset.attributes ?? []).map(({ name }) => name), ...(dataset.classes ? ['class'] : [])]
  if (!canClassify(extractor, attributes) || !names.every(name => known.includes(name))) return {}
  const count = Math.min(maxSamples, dataset.size)
  return measureConditionAccuracy({
    extractor,
    conditions: attributes,
    count,
    seeds,
    split: `${count.toLocaleString('en')} of ${spec}`,
    fakes(seed) {
      const inputs = drawInputs(generator, count, seed)
      return {
        images: drawImages(generator, inputs),
        codes: decodeCategories(condition, inputs.condition!),
      }
    },
    real: readLabeled(withAttributes(dataset, names), count, attributes),
  })
}

/** The first samples of a dataset with their codes, which are there before the piece of samples that they belong to. */
function readLabeled(
  dataset: Dataset,
  count: number,
  { length }: readonly ConditionAttribute[],
): LabeledSamples {
  const codes = new Uint8Array(count * length)
  async function* images() {
    let at = 0
    for await (const { samples, attributes } of dataset.batches({ size: 100, epochs: 1, dropLast: false })) {
      codes.set(attributes!.subarray(0, codes.length - at), at)
      at += attributes!.length
      yield samples
      if (at >= codes.length) return
    }
  }
  return { images: images(), codes }
}
