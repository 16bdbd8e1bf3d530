import { checkRows, checkSameSize, type FeatureRows, throwDataError } from '../features/feature-rows.ts'
import { addProducts } from '../linear/products.ts'

/** Mean and covariance of features: all that the Fréchet distance needs, so it is enough to keep those of real data. */
export interface Moments {
  readonly count: number
  /** Features per sample. */
  readonly size: number
  /** [size] */
  readonly mean: Float64Array
  /** [size, size], divided by count − 1. In squares of the features' unit. */
  readonly covariance: Float64Array
}

/** Collects features in pieces of any size. */
export interface MomentsAccumulator {
  add(features: FeatureRows): void
  /** The moments of all features added so far. @throws GankitError for fewer than two samples */
  moments(): Moments
}

const samplesAtOnce = 256

/**
 * Mean and covariance in one pass, in float64 and in memory for `size`² numbers. Each piece is summed about its own mean,
 * then merged: Chan, Golub and LeVeque, "Updating formulae and a pairwise algorithm for computing sample variances"
 * (1979). So a large mean costs no digits.
 */
export function createMomentsAccumulator(size: number): MomentsAccumulator {
  let all: Scatter = { count: 0, mean: new Float64Array(size), sums: new Float64Array(size * size) }
  return {
    add(features) {
      checkRows('features', features, 0)
      checkSameSize({ size }, features)
      for (let from = 0; from < features.count; from += samplesAtOnce)
        all = mergeScatter(
          all,
          computeScatter(features, from, Math.min(samplesAtOnce, features.count - from)),
        )
    },
    moments() {
      if (all.count < 2)
        throwDataError(
          `features are of ${all.count} samples, expected at least 2 for a covariance: take more samples`,
        )
      return finishMoments(all, size)
    },
  }
}

/** Mean and covariance of features. @throws GankitError for fewer than two samples, or features that are not finite */
export function computeMoments(features: FeatureRows): Moments {
  const progress = createMomentsAccumulator(features.size)
  progress.add(features)
  return progress.moments()
}

/** The moments of both sets of samples together, as if they had been computed at once. */
export function mergeMoments(a: Moments, b: Moments): Moments {
  checkSameSize(a, b)
  const scatter = ({ count, mean, covariance }: Moments): Scatter => ({
    count,
    mean,
    sums: covariance.map(value => value * (count - 1)),
  })
  return finishMoments(mergeScatter(scatter(a), scatter(b)), a.size)
}

interface Scatter {
  readonly count: number
  readonly mean: Float64Array
  /** [size, size], sums of products of differences from the mean; valid on and below the diagonal. */
  readonly sums: Float64Array
}

function computeScatter({ values, size }: FeatureRows, from: number, count: number): Scatter {
  const mean = new Float64Array(size)
  for (let i = 0; i < count; i++) for (let j = 0; j < size; j++) mean[j]! += values[(from + i) * size + j]!
  for (let j = 0; j < size; j++) mean[j]! /= count
  const transposed = new Float64Array(size * count)
  for (let i = 0; i < count; i++)
    for (let j = 0; j < size; j++) transposed[j * count + i] = values[(from + i) * size + j]! - mean[j]!
  const sums = new Float64Array(size * size)
  addProducts(transposed, size, transposed, size, count, sums, true)
  return { count, mean, sums }
}

/** Adds to the sums of the first in place, so that a stream doesn't allocate an array per piece. */
function mergeScatter(a: Scatter, b: Scatter): Scatter {
  const count = a.count + b.count
  const size = a.mean.length
  const apart = b.mean.map((value, j) => value - a.mean[j]!)
  const weight = (a.count * b.count) / count
  for (let i = 0; i < size; i++)
    for (let j = 0; j <= i; j++)
      a.sums[i * size + j]! += b.sums[i * size + j]! + weight * apart[i]! * apart[j]!
  return { count, mean: a.mean.map((value, j) => value + (apart[j]! * b.count) / count), sums: a.sums }
}

function finishMoments({ count, mean, sums }: Scatter, size: number): Moments {
  const covariance = new Float64Array(size * size)
  for (let i = 0; i < size; i++)
    for (let j = 0; j <= i; j++) {
      covariance[i * size + j] = sums[i * size + j]! / (count - 1)
      covariance[j * size + i] = covariance[i * size + j]!
    }
  return { count, size, mean, covariance }
}
