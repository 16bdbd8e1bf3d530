import { checkInteger, type Dataset, GankitError } from '@gankit/core'

/** The pairs of an app's data, by number, in three parts that share none. */
export interface PairParts {
  /** What is learned from. */
  readonly training: Uint32Array
  /** What the best generator is chosen by, while it trains. */
  readonly validation: Uint32Array
  /** What a trained generator is measured on: no choice was made by it. */
  readonly test: Uint32Array
}

/** One pair of so many is for validation, and as many for the test. */
const pairsEach = 20
/** Pairs of either part, at most. */
const maxHeldOut = 500
/** The least number of pairs that can be split: two to learn from. */
const minPairs = 4

/**
 * Splits pairs into what is learned from and what is held out: a twentieth for validation and a twentieth for the test, from 1 to 500
 * pairs each, spread evenly over the data. The split depends on their number alone, so another run, and an evaluation years later,
 * hold out the same ones.
 * @returns undefined for fewer than 4 pairs: nothing of these is held out
 */
export function splitPairs(size: number): PairParts | undefined {
  checkInteger('experiment', 'size', size, 0)
  if (size < minPairs) return undefined
  const each = Math.min(maxHeldOut, Math.max(1, Math.round(size / pairsEach)))
  const heldOut = Uint32Array.from({ length: 2 * each }, (_, i) => ((i + 0.5) * size) / (2 * each))
  const isHeldOut = new Set(heldOut)
  return {
    training: Uint32Array.from({ length: size }, (_, i) => i).filter(i => !isHeldOut.has(i)),
    validation: heldOut.filter((_, i) => i % 2 === 0),
    test: heldOut.filter((_, i) => i % 2 === 1),
  }
}

/** The data of a stream of pairs in parts. */
export interface SplitDataset {
  /** Closing it closes the data of all parts. */
  readonly training: Dataset
  readonly validation: Dataset
  readonly test: Dataset
}

/**
 * Splits data of an app's stream, each stream alike, so that pairs stay together.
 * @returns undefined where there are too few pairs
 * @throws GankitError for a dataset of which no part can be had
 */
export function splitDataset(name: string, dataset: Dataset): SplitDataset | undefined {
  const parts = splitPairs(dataset.size)
  if (!parts) return undefined
  if (!dataset.select)
    throw new GankitError(
      'experiment',
      'data',
      `no part of the data of ${name} can be held out, expected a dataset with select: make it with createDataset of @gankit/datasets`,
    )
  const select = (part: keyof PairParts) => dataset.select!(parts[part])
  return {
    training: { ...select('training'), ...(dataset.close && { close: () => dataset.close!() }) },
    validation: select('validation'),
    test: select('test'),
  }
}
