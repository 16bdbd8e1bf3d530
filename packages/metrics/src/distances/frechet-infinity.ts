import { checkInteger, randomStream } from '@gankit/core'
import { checkRows, type FeatureRows, takeRows, throwDataError } from '../features/feature-rows.ts'
import { mean } from '../statistics.ts'
import { frechetDistance } from './frechet-distance.ts'
import { computeMoments, type Moments } from './moments.ts'

interface FrechetInfinityOptions {
  /** How many sizes of subsets the line is fitted to. Default 15. */
  readonly sizes?: number
  /** Samples of the smallest subset. Default: a tenth of the fakes, or one more than there are features. */
  readonly smallest?: number
  /** Seed of the subsets. Default 0. */
  readonly seed?: number
}

interface FrechetInfinity {
  /** The distance at 1/n = 0; may be below 0 by chance. In squares of the features' unit. */
  readonly value: number
  /** The slope of the distance over 1/n. */
  readonly slope: number
  /** The distance of each subset. */
  readonly points: readonly { readonly count: number; readonly distance: number }[]
}

/**
 * The Fréchet distance of infinitely many fakes, FID∞ (Chong and Forsyth 2020, arXiv 1911.07023, section 3.1): the
 * distance of n fakes is, to first order, the true one + slope/n. A line by least squares through subsets of evenly spaced
 * sizes gives the distance at 1/n = 0. The real moments stay as they are, so the bias of their own n remains.
 *
 * @throws GankitError where the smallest subset isn't larger than the number of features, or where there are fewer than
 * `smallest` + `sizes` − 1 fakes
 */
export function frechetInfinity(
  real: Moments,
  fake: FeatureRows,
  options: FrechetInfinityOptions = {},
): FrechetInfinity {
  const { sizes = 15, seed = 0 } = options
  const smallest = options.smallest ?? Math.max(fake.size + 1, Math.ceil(fake.count / 10))
  checkInteger('metrics', 'sizes', sizes, 2)
  checkInteger('metrics', 'smallest', smallest, 2)
  checkRows('the fake features', fake, 2)
  if (fake.count < smallest + sizes - 1)
    throwDataError(
      `there are ${fake.count} fakes, expected at least ${smallest + sizes - 1} for subsets from ${smallest} in ${sizes} ` +
        'sizes: take more samples or an extractor of fewer features',
    )
  const points = Array.from({ length: sizes }, (_, i) => {
    const count = Math.floor(smallest + ((fake.count - smallest) * i) / (sizes - 1))
    const chosen = randomStream(seed, 'metrics/frechet-infinity', i)
      .permutation(fake.count)
      .subarray(0, count)
    return { count, distance: frechetDistance(real, computeMoments(takeRows(fake, chosen))) }
  })
  return { ...fitLine(points), points }
}

/** Least squares through (1/count, distance). */
function fitLine(points: FrechetInfinity['points']): { readonly value: number; readonly slope: number } {
  const inverse = mean(points.map(({ count }) => 1 / count))
  const distance = mean(points.map(point => point.distance))
  const slope =
    mean(points.map(point => (1 / point.count - inverse) * (point.distance - distance))) /
    mean(points.map(point => (1 / point.count - inverse) ** 2))
  return { value: distance - slope * inverse, slope }
}
