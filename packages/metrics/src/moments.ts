import { checkRows, checkSameSize, type FeatureRows, refuse } from './feature-rows.ts'
import { addProducts } from './linear/products.ts'

/** Mean and covariance of features: all that the Fréchet distance looks at, so those of real data can be kept. */
export interface Moments {
  readonly count: number
  /** Features a sample. */
  readonly size: number
  /** [size] */
  readonly mean: Float64Array
  /** [size, size], divided by count − 1. In squares of the features' unit. */
  readonly covariance: Float64Array
}

/** Takes features in pieces of any size. */
export interface MomentsInProgress {
  add(features: FeatureRows): void
  /** Of all features up to now. @throws GankitError where they are of fewer than two samples */
  moments(): Moments
}

const samplesAtOnce = 256

/**
 * Mean and covariance in one pass, in float64 and in memory for `size`² numbers. Each piece is taken about its own mean,
 * then joined to the rest: Chan, Golub and LeVeque, "Updating formulae and a pairwise algorithm for computing sample
 * variances" (1979). So a great mean costs no digits.
 */
export function startMoments(size: number): MomentsInProgress {
  let all: Scatter = { count: 0, mean: new Float64Array(size), sums: new Float64Array(size * size) }
  return {
    add(features) {
      checkRows('features', features, 0)
      checkSameSize({ size }, features)
      for (let from = 0; from < features.count; from += samplesAtOnce)
        all = joined(all, scatterOf(features, from, Math.min(samplesAtOnce, features.count - from)))
    },
    moments() {
      if (all.count < 2)
        refuse(
          `features are of ${all.count} samples, expected at least 2 for a covariance: take more samples`,
        )
      return momentsFrom(all, size)
    },
  }
}

/** Mean and covariance of features that are there at once. @throws GankitError for fewer than two samples */
export function momentsOf(features: FeatureRows): Moments {
  const progress = startMoments(features.size)
  progress.add(features)
  return progress.moments()
}

/** The moments of both sets of samples together. */
export function mergeMoments(a: Moments, b: Moments): Moments {
  checkSameSize(a, b)
  const scatter = ({ count, mean, covariance }: Moments): Scatter => ({
    count,
    mean,
    sums: covariance.map(value => value * (count - 1)),
  })
  return momentsFrom(joined(scatter(a), scatter(b)), a.size)
}

/** Sums of products of differences from the mean; on and below the diagonal. */
interface Scatter {
  readonly count: number
  readonly mean: Float64Array
  readonly sums: Float64Array
}

function scatterOf({ values, size }: FeatureRows, from: number, count: number): Scatter {
  const mean = new Float64Array(size)
  for (let i = 0; i < count; i++) for (let j = 0; j < size; j++) mean[j]! += values[(from + i) * size + j]!
  for (let j = 0; j < size; j++) mean[j]! /= count
  const turned = new Float64Array(size * count)
  for (let i = 0; i < count; i++)
    for (let j = 0; j < size; j++) turned[j * count + i] = values[(from + i) * size + j]! - mean[j]!
  const sums = new Float64Array(size * size)
  addProducts(turned, size, turned, size, count, sums, true)
  return { count, mean, sums }
}

/** The first keeps its array of sums, grown, so that a stream makes no new one a piece. */
function joined(a: Scatter, b: Scatter): Scatter {
  const count = a.count + b.count
  const size = a.mean.length
  const apart = b.mean.map((value, j) => value - a.mean[j]!)
  const weight = (a.count * b.count) / count
  for (let i = 0; i < size; i++)
    for (let j = 0; j <= i; j++)
      a.sums[i * size + j]! += b.sums[i * size + j]! + weight * apart[i]! * apart[j]!
  return { count, mean: a.mean.map((value, j) => value + (apart[j]! * b.count) / count), sums: a.sums }
}

function momentsFrom({ count, mean, sums }: Scatter, size: number): Moments {
  const covariance = new Float64Array(size * size)
  for (let i = 0; i < size; i++)
    for (let j = 0; j <= i; j++) {
      covariance[i * size + j] = sums[i * size + j]! / (count - 1)
      covariance[j * size + i] = covariance[i * size + j]!
    }
  return { count, size, mean, covariance }
}
