import { type Dataset, GankitError } from '@gankit/core'
import { type PairParts, splitPairs } from '@gankit/experiment'

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
      'cli',
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
