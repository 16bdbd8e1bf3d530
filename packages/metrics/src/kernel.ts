import { randomStream } from '@gankit/core'
import { checkRows, checkSameSize, checkWhole, type FeatureRows } from './feature-rows.ts'
import { type KernelPair, kernelPair, meanKernel } from './kernel-sums.ts'
import { chosenRows, type Rows } from './linear/rows.ts'

export interface KernelDistanceOptions {
  /** Pairs of subsets that are compared. Default 100. */
  readonly subsets?: number
  /** Samples a subset, at most half of the smaller set, so that subsets differ. Default 1000. */
  readonly subsetSize?: number
  /** Seed of the subsets. Default 0. */
  readonly seed?: number
}

export interface KernelDistance {
  /** No unit. */
  readonly mean: number
  /** Of the subsets' values, divided by their number. */
  readonly deviation: number
  /** As many as were taken. */
  readonly subsetSize: number
}

/**
 * The kernel distance, KID (Bińkowski et al. 2018, arXiv 1801.01401, section 4): the mean over random pairs of subsets of
 * the squared maximum mean discrepancy that `squaredDiscrepancy` gives. Its expectation is that of any number of samples,
 * and 0 for equal distributions, so it may fall below 0.
 */
export async function kernelDistance(
  real: FeatureRows,
  fake: FeatureRows,
  options: KernelDistanceOptions = {},
): Promise<KernelDistance> {
  const { subsets = 100, seed = 0 } = options
  checkWhole('subsets', subsets, 1)
  checkWhole('subsetSize', options.subsetSize ?? 1000, 2)
  checkPair(real, fake, 4)
  const subsetSize = Math.min(options.subsetSize ?? 1000, Math.floor(Math.min(real.count, fake.count) / 2))
  const pair = await kernelPair(real, fake)
  const random = randomStream(seed, 'metrics/kernel')
  const draw = (rows: Rows) => chosenRows(rows, random.permutation(rows.count).subarray(0, subsetSize))
  const values: number[] = []
  for (let i = 0; i < subsets; i++) values.push(await discrepancy(draw(pair.real), draw(pair.fake), pair))
  const mean = values.reduce((sum, value) => sum + value, 0) / subsets
  const deviation = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / subsets)
  return { mean, deviation, subsetSize }
}

/**
 * The squared maximum mean discrepancy of two sets, unbiased (Gretton et al. 2012, arXiv 0805.2368, equation 3), with the
 * kernel k(x, y) = (x·y/d + 1)³ of d features:
 *
 *     mean of k(x, x′), x ≠ x′  +  mean of k(y, y′), y ≠ y′  −  2·mean of k(x, y)
 *
 * No unit. Products are the backend's, cubes and sums are in float64.
 */
export async function squaredDiscrepancy(real: FeatureRows, fake: FeatureRows): Promise<number> {
  checkPair(real, fake, 2)
  const pair = await kernelPair(real, fake)
  return discrepancy(pair.real, pair.fake, pair)
}

async function discrepancy(real: Rows, fake: Rows, pair: KernelPair): Promise<number> {
  const within = (await meanKernel(real, real, pair)) + (await meanKernel(fake, fake, pair))
  return within - 2 * (await meanKernel(real, fake, pair))
}

function checkPair(real: FeatureRows, fake: FeatureRows, least: number): void {
  checkRows('the real features', real, least)
  checkRows('the fake features', fake, least)
  checkSameSize(real, fake)
}
