import { type RandomStream, randomStream } from '@gankit/core'
import { type FeatureRows, throwDataError } from '../features/feature-rows.ts'
import { addProducts } from '../linear/products.ts'
import { squaredDistance } from './squared-distances.ts'

const maxIterations = 25

/**
 * Centers of `bins` bins, by Lloyd's algorithm from k-means++ (Arthur and Vassilvitskii 2007): at most 25 iterations, as
 * any fair division of the samples will do. A center that is nearest to no sample stays where it is.
 * @returns [bins, size]
 */
export function kMeans(features: FeatureRows, bins: number, seed: number): Float64Array {
  const { values, count, size } = features
  let centers = spreadCenters(features, bins, randomStream(seed, 'metrics/k-means'))
  let before = new Uint32Array(count).fill(bins)
  for (let iteration = 0; iteration < maxIterations; iteration++) {
    const nearest = nearestCenters(features, centers)
    if (nearest.every((bin, i) => bin === before[i])) break
    before = nearest
    const held = new Float64Array(bins)
    const sums = new Float64Array(bins * size)
    for (let i = 0; i < count; i++) {
      const bin = nearest[i]!
      held[bin]!++
      for (let j = 0; j < size; j++) sums[bin * size + j]! += values[i * size + j]!
    }
    const last = centers
    centers = sums.map((sum, at) =>
      held[Math.floor(at / size)]! > 0 ? sum / held[Math.floor(at / size)]! : last[at]!,
    )
  }
  return centers
}

/** The index of the center nearest to each sample; the first of equally near ones. @param centers [bins, size] */
export function nearestCenters(
  { values, count, size }: FeatureRows,
  centers: Float64Array,
): Uint32Array<ArrayBuffer> {
  const bins = centers.length / size
  const halves = new Float64Array(bins)
  for (let at = 0; at < centers.length; at++) halves[Math.floor(at / size)]! += centers[at]! ** 2 / 2
  const products = new Float64Array(count * bins)
  addProducts(values, count, centers, bins, size, products)
  const nearest = new Uint32Array(count)
  for (let i = 0; i < count; i++) {
    let best = Number.NEGATIVE_INFINITY
    for (let bin = 0; bin < bins; bin++) {
      // ‖x − c‖²/2 = ‖x‖²/2 − (x·c − ‖c‖²/2).
      const nearness = products[i * bins + bin]! - halves[bin]!
      if (nearness <= best) continue
      best = nearness
      nearest[i] = bin
    }
  }
  return nearest
}

/** k-means++: samples as first centers, each drawn in proportion to its squared distance from the centers before. */
function spreadCenters(features: FeatureRows, bins: number, random: RandomStream): Float64Array {
  const { values, count, size } = features
  const centers = new Float64Array(bins * size)
  const apart = new Float64Array(count).fill(1)
  const draws = random.uniform(bins)
  for (let bin = 0; bin < bins; bin++) {
    const total = apart.reduce((sum, distance) => sum + distance, 0)
    if (total === 0)
      throwDataError(
        `the real features are of ${bin} different samples, expected at least ${bins}: ask for fewer bins`,
      )
    let left = draws[bin]! * total
    let chosen = 0
    while (chosen < count - 1 && (left >= apart[chosen]! || apart[chosen] === 0)) left -= apart[chosen++]!
    // Rounding may run past the last sample whose probability is above 0.
    while (apart[chosen] === 0) chosen--
    centers.set(values.subarray(chosen * size, (chosen + 1) * size), bin * size)
    for (let i = 0; i < count; i++) {
      const distance = squaredDistance(features, i, features, chosen)
      apart[i] = bin === 0 ? distance : Math.min(apart[i]!, distance)
    }
  }
  return centers
}
