import { randomStream } from '@gankit/core'
import { checkRows, checkWhole, type FeatureRows, refuse } from './feature-rows.ts'
import { frechetDistance } from './frechet.ts'
import { type Moments, momentsOf } from './moments.ts'
import { takeRows } from './take-rows.ts'

export interface FrechetInfinityOptions {
  /** How many sizes of subsets the line goes through. Default 15. */
  readonly sizes?: number
  /** The smallest subset. Default: a tenth of the fakes, or one more than there are features. */
  readonly smallest?: number
  /** Seed of the subsets. Default 0. */
  readonly seed?: number
}

export interface FrechetInfinity {
  /** The distance at 1/n = 0; may be below 0 by chance. In squares of the features' unit. */
  readonly value: number
  /** What 1/n adds. */
  readonly slope: number
  /** The distance of each subset. */
  readonly points: readonly { readonly count: number; readonly distance: number }[]
}

/**
 * The Fréchet distance of infinitely many fakes (Chong and Forsyth 2020, arXiv 1911.07023, section 3.1): the distance of
 * n fakes is, to first order, the true one + slope/n. A line through subsets of evenly spaced sizes, by least squares,
 * says where it ends. The real moments stay as they are; only their own n remains in it.
 *
 * @throws GankitError where the smallest subset isn't larger than the number of features, or isn't below all fakes
 */
export function frechetInfinity(
  real: Moments,
  fake: FeatureRows,
  options: FrechetInfinityOptions = {},
): FrechetInfinity {
  const { sizes = 15, seed = 0 } = options
  const smallest = options.smallest ?? Math.max(fake.size + 1, Math.ceil(fake.count / 10))
  checkWhole('sizes', sizes, 2)
  checkWhole('smallest', smallest, 2)
  checkRows('the fake features', fake, 2)
  if (fake.count < smallest + sizes - 1)
    refuse(
      `there are ${fake.count} fakes, expected at least ${smallest + sizes - 1} for subsets from ${smallest} in ${sizes} ` +
        'sizes: take more samples or an extractor of fewer features',
    )
  const points = Array.from({ length: sizes }, (_, i) => {
    const count = Math.floor(smallest + ((fake.count - smallest) * i) / (sizes - 1))
    const chosen = randomStream(seed, 'metrics/frechet-infinity', i)
      .permutation(fake.count)
      .subarray(0, count)
    return { count, distance: frechetDistance(real, momentsOf(takeRows(fake, chosen))) }
  })
  return { ...line(points), points }
}

/** Least squares through (1/count, distance). */
function line(points: FrechetInfinity['points']): { readonly value: number; readonly slope: number } {
  const mean = (of: (point: FrechetInfinity['points'][number]) => number) =>
    points.reduce((sum, point) => sum + of(point), 0) / points.length
  const inverse = mean(({ count }) => 1 / count)
  const distance = mean(point => point.distance)
  const slope =
    mean(point => (1 / point.count - inverse) * (point.distance - distance)) /
    mean(point => (1 / point.count - inverse) ** 2)
  return { value: distance - slope * inverse, slope }
}
