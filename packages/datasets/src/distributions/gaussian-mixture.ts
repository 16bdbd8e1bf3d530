import type { Distribution, RandomStream } from '@gankit/core'
import { computeExtent, countPoints } from './coordinates.ts'

/** An isotropic Gaussian. */
export interface Gaussian {
  /** Its weight relative to the others. */
  readonly weight: number
  /** [dimensions] */
  readonly mean: readonly number[]
  readonly std: number
}

/**
 * A mixture of Gaussians, p(x) = Σ wₖ N(x; μₖ, σₖ² I) with the weights divided by their sum.
 * @param components at least one, all of the same dimensions
 */
export function gaussianMixture(name: string, components: readonly Gaussian[]): Distribution {
  const dimensions = components[0]!.mean.length
  const total = components.reduce((sum, { weight }) => sum + weight, 0)
  let sum = 0
  const cumulative = components.map(({ weight }) => {
    sum += weight / total
    return sum
  })
  const heights = components.map(
    ({ weight, std }) => weight / total / (Math.sqrt(2 * Math.PI) * std) ** dimensions,
  )

  const sample = (random: RandomStream, count: number) => {
    const choices = components.length > 1 ? random.uniform(count) : new Float32Array(count)
    const values = random.normal(count * dimensions)
    for (let i = 0; i < count; i++) {
      const { mean, std } = components[findFirstAbove(cumulative, choices[i]!)]!
      for (let axis = 0; axis < dimensions; axis++) {
        const at = i * dimensions + axis
        values[at] = mean[axis]! + std * values[at]!
      }
    }
    return values
  }

  const density = (points: ArrayLike<number>) => {
    const densities = new Float64Array(countPoints(points, dimensions))
    for (let k = 0; k < components.length; k++) {
      const { mean, std } = components[k]!
      for (let i = 0; i < densities.length; i++) {
        let squares = 0
        for (let axis = 0; axis < dimensions; axis++)
          squares += ((points[i * dimensions + axis]! - mean[axis]!) / std) ** 2
        densities[i]! += heights[k]! * Math.exp(-squares / 2)
      }
    }
    return densities
  }

  const centers = components.map(({ mean }) => mean)
  const { std } = components[0]!
  const isUniform = components.every(component => component.std === std)
  const extent = computeExtent(
    centers,
    4 * components.reduce((largest, { std }) => Math.max(largest, std), 0),
  )
  return { name, dimensions, sample, density, extent, ...(isUniform && { modes: { centers, std } }) }
}

/** The index of the first of these increasing numbers that is above `value`; the last index where none is. */
function findFirstAbove(increasing: readonly number[], value: number): number {
  let [low, high] = [0, increasing.length - 1]
  while (low < high) {
    const middle = (low + high) >> 1
    if (increasing[middle]! > value) high = middle
    else low = middle + 1
  }
  return low
}
