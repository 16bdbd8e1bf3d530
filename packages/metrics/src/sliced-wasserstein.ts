import { GankitError, randomStream } from '@gankit/core'
import { checkRows, checkSameSize, checkWhole, type FeatureRows } from './feature-rows.ts'
import { lineDistance } from './line-distance.ts'
import { addProducts } from './linear/products.ts'

export interface SlicedWassersteinOptions {
  /** Directions that the features are looked at from. Default 128. */
  readonly projections?: number
  /** p, 1 or 2. Default 2. */
  readonly order?: 1 | 2
  /** Seed of the directions. Default 0. */
  readonly seed?: number
}

/**
 * The sliced Wasserstein distance (Bonneel et al. 2015, "Sliced and Radon Wasserstein barycenters of measures"; for GANs
 * Deshpande et al. 2018, arXiv 1803.11188, equation 5):
 *
 *     (E W_p(θ·x, θ·y)^p)^(1/p)     θ uniform on the sphere, W_p the Wasserstein distance on a line, by quantiles
 *
 * In the features' unit. As many samples in both sets aren't needed.
 */
export function slicedWasserstein(
  real: FeatureRows,
  fake: FeatureRows,
  options: SlicedWassersteinOptions = {},
): number {
  const { projections = 128, order = 2, seed = 0 } = options
  checkWhole('projections', projections, 1)
  if (order !== 1 && order !== 2)
    throw new GankitError('metrics', 'option', `order is ${order}, expected 1 or 2`)
  checkRows('the real features', real, 2)
  checkRows('the fake features', fake, 2)
  checkSameSize(real, fake)
  const directions = directionsOf(real.size, projections, seed)
  let sum = 0
  for (let i = 0; i < projections; i++) {
    const direction = directions.subarray(i * real.size, (i + 1) * real.size)
    sum += lineDistance(along(direction, real), along(direction, fake), order)
  }
  return (sum / projections) ** (1 / order)
}

/** Unit vectors, uniform on the sphere. @returns [projections, size] */
function directionsOf(size: number, projections: number, seed: number): Float64Array {
  const directions = Float64Array.from(
    randomStream(seed, 'metrics/sliced-wasserstein').normal(projections * size),
  )
  for (let i = 0; i < projections; i++) {
    const direction = directions.subarray(i * size, (i + 1) * size)
    const length = Math.sqrt(direction.reduce((total, value) => total + value * value, 0))
    for (let j = 0; j < size; j++) direction[j]! /= length
  }
  return directions
}

/** Where samples lie along a direction, ascending. */
function along(direction: Float64Array, { values, count, size }: FeatureRows): Float64Array {
  const places = new Float64Array(count)
  addProducts(values, count, direction, 1, size, places)
  return places.sort()
}
