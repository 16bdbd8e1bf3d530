import { type Condition, GankitError } from '@gankit/core'
import type * as tf from '@tensorflow/tfjs'
import type { Extractor } from '../features.ts'
import { type Figure, protocolVersion, spreadOf } from './figure.ts'

/** An extractor that tells what samples have. */
export type Telling = Extractor & Required<Pick<Extractor, 'attributes' | 'attributesOf'>>

/** Samples, and what each was asked to have or has: [count, conditions.length], row-major, codes of their values. */
export interface AskedSamples {
  readonly images: AsyncIterable<tf.Tensor>
  readonly codes: ArrayLike<number>
}

export interface AgreementOptions {
  readonly extractor: Telling
  readonly conditions: readonly Condition[]
  /** Fakes for a seed. */
  readonly fakes: (seed: number) => AskedSamples
  /** Real samples with what they have, from which the floor is had. */
  readonly real: AskedSamples
  /** How many of each. */
  readonly count: number
  readonly split: string
  /** Default 0, 1 and 2. */
  readonly seeds?: readonly number[]
}

/** Whether an extractor can tell all that a generator can be asked for. */
export function tells(extractor: Extractor, conditions: readonly Condition[]): extractor is Telling {
  const { attributes = [], attributesOf } = extractor
  return (
    attributesOf !== undefined &&
    conditions.length > 0 &&
    conditions.every(({ name }) => attributes.some(known => known.name === name))
  )
}

/**
 * The share of samples in which the extractor sees the value that was asked for: 'agreement', over all conditions, and
 * one figure for each, 'agreement-glasses'. The floor is the share of real samples in which it sees what they have.
 * @throws GankitError for fewer samples than `count`
 */
export async function agreementFigures(options: AgreementOptions): Promise<Record<string, Figure>> {
  const { extractor, conditions, fakes, real, count, split, seeds = [0, 1, 2] } = options
  const floors = await sharesOf(extractor, conditions, real, count)
  const each: number[][] = []
  for (const seed of seeds) each.push(await sharesOf(extractor, conditions, fakes(seed), count))
  const names = ['agreement', ...conditions.map(({ name }) => `agreement-${name}`)]
  return Object.fromEntries(
    names.map((metric, i) => {
      const values = each.map(shares => shares[i]!)
      const figure: Figure = {
        metric,
        ...spreadOf(values),
        values,
        floor: floors[i]!,
        better: 'more',
        nReal: count,
        nFake: count,
        split,
        extractor: { name: extractor.name, sha256: extractor.sha256 },
        seed: seeds[0]!,
        seeds,
        version: protocolVersion,
      }
      return [metric, figure]
    }),
  )
}

/** The share that agrees over all conditions, then of each. */
async function sharesOf(
  { attributes, attributesOf }: Telling,
  conditions: readonly Condition[],
  { images, codes }: AskedSamples,
  count: number,
): Promise<number[]> {
  const columns = conditions.map(({ name }) => attributes.findIndex(attribute => attribute.name === name))
  const agreed = conditions.map(() => 0)
  let seen = 0
  for await (const piece of images) {
    const told = await attributesOf(piece)
    const [n] = piece.shape as [number]
    piece.dispose()
    for (let i = 0; i < n && seen < count; i++, seen++)
      for (const [c, condition] of conditions.entries()) {
        // By name: two lists may have the same values in another order.
        const value = attributes[columns[c]!]!.values[told[i * attributes.length + columns[c]!]!]
        if (value === condition.values[codes[seen * conditions.length + c]!]) agreed[c]! += 1
      }
    if (seen >= count) break
  }
  if (seen < count)
    throw new GankitError(
      'metrics',
      'data',
      `there are ${seen} samples with attributes, expected ${count}: ask for fewer`,
    )
  const shares = agreed.map(agree => agree / count)
  return [shares.reduce((sum, share) => sum + share, 0) / shares.length, ...shares]
}
