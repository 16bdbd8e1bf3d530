import { checkRows, checkSameSize, checkWhole, type FeatureRows, refuse } from './feature-rows.ts'
import { kMeans, nearestCentres } from './k-means.ts'

/** A division of the space of features, and how many real samples are in each part of it; worth keeping. */
export interface Bins {
  readonly size: number
  /** [bins, size] */
  readonly centres: Float64Array
  /** [bins] */
  readonly counts: Uint32Array
}

export interface BinsOptions {
  /** Default 100. */
  readonly bins?: number
  /** Seed of the first centres. Default 0. */
  readonly seed?: number
}

/** Five samples a bin on average: below, the counts aren't near enough to normal for the test. */
const samplesPerBin = 5

/** Bins by k-means on real features. */
export function binsOf(real: FeatureRows, { bins = 100, seed = 0 }: BinsOptions = {}): Bins {
  checkWhole('bins', bins, 2)
  checkRows(`the real features for ${bins} bins`, real, samplesPerBin * bins)
  const centres = kMeans(real, bins, seed)
  return { size: real.size, centres, counts: countIn(centres, real) }
}

/**
 * The share of statistically different bins, NDB/K (Richardson and Weiss 2018, arXiv 1805.12462, section 3.1). Each bin
 * holds a share of the real samples and one of the fakes, which differ where the two-proportion z-test says so at 0.05:
 *
 *     |p₁ − p₂| / √(p(1 − p)(1/n₁ + 1/n₂)) > 1.96     p the share of both together
 *
 * From 0 to 1, no unit. About 0.05 for equal distributions, by chance; more samples find smaller differences.
 */
export function differentBins(bins: Bins, fake: FeatureRows): number {
  const { centres, counts } = bins
  checkRows(`the fake features for ${counts.length} bins`, fake, samplesPerBin * counts.length)
  checkSameSize(bins, fake)
  return differentShares(counts, countIn(centres, fake))
}

/** The 0.975 quantile of the standard normal distribution. */
const critical = 1.959963984540054

/** The share of places whose counts differ by the z-test. */
export function differentShares(real: ArrayLike<number>, fake: ArrayLike<number>): number {
  if (real.length !== fake.length || real.length === 0)
    refuse(
      `there are ${real.length} and ${fake.length} bins, expected as many, and some: count both in the same bins`,
    )
  const total = (counts: ArrayLike<number>) => Array.from(counts).reduce((sum, count) => sum + count, 0)
  const [n, m] = [total(real), total(fake)]
  if (!(n > 0 && m > 0))
    refuse(`bins hold ${n} real samples and ${m} fakes, expected some of both: take more samples`)
  let different = 0
  for (let i = 0; i < real.length; i++) {
    const both = (real[i]! + fake[i]!) / (n + m)
    const deviation = Math.sqrt(both * (1 - both) * (1 / n + 1 / m))
    if (Math.abs(real[i]! / n - fake[i]! / m) > critical * deviation) different++
  }
  return different / real.length
}

function countIn(centres: Float64Array, features: FeatureRows): Uint32Array {
  const counts = new Uint32Array(centres.length / features.size)
  for (const bin of nearestCentres(features, centres)) counts[bin]!++
  return counts
}
