import { type Condition, conditionSize, type Dataset, type Latent } from '@gankit/core'
import { withAttributes } from '@gankit/datasets'
import {
  canClassify,
  type Extractor,
  type LabeledSamples,
  type MetricValue,
  measureConditionAccuracy,
} from '@gankit/metrics'
import { drawLatents } from '@gankit/trainer'
import type { Subject } from './subject.ts'

/** Samples that are looked at, for each seed. */
const most = 2000

export interface AgreementSides {
  readonly subject: Subject
  readonly dataset: Dataset
  readonly extractor: Extractor
  readonly seeds: readonly number[]
}

/**
 * How often fakes have what they were asked for, where the extractor can tell; nothing of a generator that can't be
 * asked, or of data without these attributes.
 */
export async function agreementOf(
  { subject, dataset, extractor, seeds }: AgreementSides,
  spec: string,
): Promise<Record<string, MetricValue>> {
  const { generator } = subject
  const conditions = generator?.latent.conditions ?? []
  const known = [...(dataset.attributes ?? []).map(({ name }) => name), ...(dataset.classes ? ['class'] : [])]
  if (
    !generator ||
    !canClassify(extractor, conditions) ||
    !conditions.every(({ name }) => known.includes(name))
  )
    return {}
  const count = Math.min(most, dataset.size)
  return measureConditionAccuracy({
    extractor,
    conditions,
    count,
    seeds,
    split: `${count.toLocaleString('en')} of ${spec}`,
    fakes(seed) {
      const latents = drawLatents(generator.latent, count, seed)
      return { images: generator.draw(latents, count), codes: codesIn(latents, generator.latent) }
    },
    real: realSamples(
      withAttributes(
        dataset,
        conditions.map(({ name }) => name),
      ),
      count,
      conditions,
    ),
  })
}

/** What latents ask for. @returns [count, conditions.length] */
function codesIn(latents: Float32Array, latent: Latent): Uint8Array {
  const { size, conditions = [] } = latent
  const codes: number[] = []
  for (let from = 0; from < latents.length; from += size) {
    let at = from + size - conditionSize(latent)
    for (const { values } of conditions) {
      codes.push(latents.subarray(at, at + values.length).indexOf(1))
      at += values.length
    }
  }
  return Uint8Array.from(codes)
}

/** The first samples of a dataset with what they have; codes are there before the piece that they are of. */
function realSamples(dataset: Dataset, count: number, { length }: readonly Condition[]): LabeledSamples {
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
