import { checkInteger } from '@gankit/core'
import { checkRows, checkSameSize, type FeatureRows, throwDataError } from '../features/feature-rows.ts'
import { kMeans, nearestCenters } from '../neighbors/k-means.ts'

/** A division of the space of features into cells, and the number of real samples in each; worth keeping. */
export interface Bins {
  readonly size: number
  /** [bins, size] */
  readonly centers: Float64Array
  /** [bins] */
  readonly counts: Uint32Array
}

interface BinsOptions {
  /** Default 100. */
  readonly bins?: number
  /** Seed of the first centers. Default 0. */
  readonly seed?: number
}

/** Samples per bin on average: with fewer the counts aren't near enough to normal for the z-test. */
const minSamplesPerBin = 5

/** Bins by k-means on real features. @throws GankitError for fewer than 5 samples per bin */
export function computeBins(real: FeatureRows, { bins = 100, seed = 0 }: BinsOptions = {}): Bins {
  checkInteger('metrics', 'bins', bins, 2)
  checkRows(`the real features for ${bins} bins`, real, minSamplesPerBin * bins)
  const centers = kMeans(real, bins, seed)
  return { size: real.size, centers, counts: countPerBin(centers, real) }
}

/**
 * The share of statistically different bins, NDB/K (Richardson and Weiss 2018, arXiv 1805.12462, section 3.1). Each bin
 * holds a share of the real samples and one of the fakes, which differ where the two-proportion z-test says so at 0.05:
 *
 *     |p₁ − p₂| / √(p(1 − p)(1/n₁ + 1/n₂)) > 1.96     p the share of both together
 *
 * From 0 to 1, no unit. About 0.05 for equal distributions, by chance; more samples find smaller differences.
 *
 * @throws GankitError for fewer than 5 fakes per bin, or fakes of another size than the real features
 */
export function ndb(bins: Bins, fake: FeatureRows): number {
  const { centers, counts } = bins
  checkRows(`the fake features for ${counts.length} bins`, fake, minSamplesPerBin * counts.length)
  checkSameSize(bins, fake)
  return shareOfDifferentBins(counts, countPerBin(centers, fake))
}

/** The 0.975 quantile of the standard normal distribution. */
const criticalZ = 1.959963984540054

/** The share of bins whose counts differ by the z-test. */
export function shareOfDifferentBins(real: ArrayLike<number>, fake: ArrayLike<number>): number {
  if (real.length !== fake.length || real.length === 0)
    throwDataError(
      `there are ${real.length} and ${fake.length} bins, expected as many, and some: count both in the same bins`,
    )
  const total = (counts: ArrayLike<number>) => Array.from(counts).reduce((sum, count) => sum + count, 0)
  const [n, m] = [total(real), total(fake)]
  if (!(n > 0 && m > 0))
    throwDataError(`bins hold ${n} real samples and ${m} fakes, expected some of both: take more samples`)
  let different = 0
  for (let i = 0; i < real.length; i++) {
    const both = (real[i]! + fake[i]!) / (n + m)
    const deviation = Math.sqrt(both * (1 - both) * (1 / n + 1 / m))
    if (Math.abs(real[i]! / n - fake[i]! / m) > criticalZ * deviation) different++
  }
  return different / real.length
}

function countPerBin(centers: Float64Array, features: FeatureRows): Uint32Array {
  const counts = new Uint32Array(centers.length / features.size)
  for (const bin of nearestCenters(features, centers)) counts[bin]!++
  return counts
}
