import { checkInteger, checkOption, randomStream } from '@gankit/core'
import { checkRows, checkSameSize, type FeatureRows } from '../features/feature-rows.ts'
import { addProducts } from '../linear/products.ts'
import { lineDistance } from './wasserstein-1d.ts'

interface SlicedWassersteinOptions {
  /** Random directions that the features are projected on. Default 128. */
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
 * In the features' unit. The two sets may differ in their number of samples.
 */
export function slicedWasserstein(
  real: FeatureRows,
  fake: FeatureRows,
  options: SlicedWassersteinOptions = {},
): number {
  const { projections = 128, order = 2, seed = 0 } = options
  checkInteger('metrics', 'projections', projections, 1)
  checkOption('metrics', 'order', order, order === 1 || order === 2, '1 or 2')
  checkRows('the real features', real, 2)
  checkRows('the fake features', fake, 2)
  checkSameSize(real, fake)
  const directions = drawDirections(real.size, projections, seed)
  let sum = 0
  for (let i = 0; i < projections; i++) {
    const direction = directions.subarray(i * real.size, (i + 1) * real.size)
    sum += lineDistance(project(real, direction), project(fake, direction), order)
  }
  return (sum / projections) ** (1 / order)
}

/** Unit vectors, uniform on the sphere. @returns [projections, size] */
function drawDirections(size: number, projections: number, seed: number): Float64Array {
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

/** Inner products of samples with a direction, ascending. */
function project({ values, count, size }: FeatureRows, direction: Float64Array): Float64Array {
  const places = new Float64Array(count)
  addProducts(values, count, direction, 1, size, places)
  return places.sort()
}
