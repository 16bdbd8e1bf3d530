import { throwDataError } from '../features/feature-rows.ts'
import { mean, standardDeviation } from '../statistics.ts'
import type { Picture } from './picture.ts'

/** What a generator made of an input, beside the right answer. */
export interface PicturePair {
  readonly output: Picture
  readonly target: Picture
  /** What the output was made of, for the metrics that look at it. */
  readonly input?: Picture
  /** The labels that a segmenter gives to the pictures, in colors, for 'fcn-score' and its like. */
  readonly labels?: PairLabels
}

/** Label maps in the colors of a palette. */
export interface PairLabels {
  /** What the segmenter sees in the output. */
  readonly output: Picture
  /** What it sees in the target. */
  readonly target: Picture
  /** The labels that were asked for. Default: what the segmenter sees in the target. */
  readonly wanted?: Picture
}

/** The mean of a metric over pairs. */
export interface PairAverage {
  readonly value: number
  /** Standard deviation between the pairs, divided by their number less one; null for a single pair. */
  readonly deviation: number | null
  /** Pairs. */
  readonly count: number
}

/**
 * The mean over pairs of what a metric gives for each, as tables of PSNR and SSIM have it.
 * @param metric such as `({ output, target }) => psnr(output, target, { channels: 'y' })`
 * @throws GankitError for no pairs, and as the metric
 */
export function averagePairs(
  pairs: Iterable<PicturePair>,
  metric: (pair: PicturePair) => number | { readonly value: number },
): PairAverage {
  const values: number[] = []
  for (const pair of pairs) {
    const measured = metric(pair)
    values.push(typeof measured === 'number' ? measured : measured.value)
  }
  if (values.length === 0) throwDataError('there are no pairs, expected at least one')
  return {
    value: mean(values),
    deviation: values.length < 2 ? null : standardDeviation(values, 1),
    count: values.length,
  }
}
