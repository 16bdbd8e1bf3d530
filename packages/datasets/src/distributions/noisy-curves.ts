import type { Distribution, RandomStream } from '@gankit/core'
import { computeExtent, countPoints } from './coordinates.ts'

/** A smooth curve in the plane, and the distribution of points along it. */
export interface Curve {
  /** The curve's point at s from 0 to 1. */
  at(s: number): readonly [x: number, y: number]
  /** The greatest length of its derivative by s. */
  readonly speed: number
  /** Maps a number that is uniform on [0, 1] to s. */
  quantile(u: number): number
  /** The density of s: the derivative of the inverse of `quantile`. */
  weight(s: number): number
}

/** The least noise with a density: below it the quadrature would take too long. */
const minNoise = 0.001

/**
 * Points on one of several equally likely curves, with Gaussian noise. Its density is the integral
 * ∫ weight(s) N(x; at(s), noise² I) ds, by Gauss and Legendre's rule of 8 nodes on pieces that are at most two standard
 * deviations long. Its error is below 1e−11 of the greatest density. There is no density for noise below 0.001.
 * @param noise standard deviation; 0 for points on the curves
 */
export function noisyCurves(name: string, curves: readonly Curve[], noise: number): Distribution {
  const corners = curves.flatMap(({ at }) => Array.from({ length: 1001 }, (_, i) => at(i / 1000)))
  return {
    name,
    dimensions: 2,
    sample: (random, count) => sampleCurves(curves, noise, random, count),
    ...(noise >= minNoise && { density: createDensity(curves, noise) }),
    extent: computeExtent(corners, 4 * noise),
  }
}

function sampleCurves(
  curves: readonly Curve[],
  noise: number,
  random: RandomStream,
  count: number,
): Float32Array {
  const choices = random.uniform(count)
  const along = random.uniform(count)
  const values = random.normal(2 * count)
  for (let i = 0; i < count; i++) {
    const curve = curves[Math.floor(choices[i]! * curves.length)]!
    const [x, y] = curve.at(curve.quantile(along[i]!))
    values[2 * i] = x + noise * values[2 * i]!
    values[2 * i + 1] = y + noise * values[2 * i + 1]!
  }
  return values
}

function createDensity(curves: readonly Curve[], noise: number): NonNullable<Distribution['density']> {
  let nodes: Float64Array | undefined
  const scale = -1 / (2 * noise ** 2)
  return points => {
    nodes ??= computeNodes(curves, noise)
    const count = countPoints(points, 2)
    const densities = new Float64Array(count)
    for (let i = 0; i < count; i++) {
      const [x, y] = [points[2 * i]!, points[2 * i + 1]!]
      let density = 0
      for (let k = 0; k < nodes.length; k += 3) {
        const squares = (x - nodes[k]!) ** 2 + (y - nodes[k + 1]!) ** 2
        density += nodes[k + 2]! * Math.exp(squares * scale)
      }
      densities[i] = density
    }
    return densities
  }
}

/** Computes the Gaussians whose sum approximates the integral: x, y, height, one after another. */
function computeNodes(curves: readonly Curve[], noise: number): Float64Array {
  const height = 1 / (2 * Math.PI * noise ** 2 * curves.length)
  return Float64Array.from(
    curves.flatMap(({ at, speed, weight }) =>
      gaussLegendre(Math.ceil(speed / (2 * noise))).flatMap(({ s, ds }) => [
        ...at(s),
        weight(s) * ds * height,
      ]),
    ),
  )
}

/** Half of the nodes on [−1, 1] and their weights (Abramowitz and Stegun 1964, table 25.4, n = 8). */
const rule = [
  [0.1834346424956498, 0.362683783378362],
  [0.525532409916329, 0.3137066458778873],
  [0.7966664774136267, 0.2223810344533745],
  [0.9602898564975363, 0.1012285362903763],
] as const

/** Nodes s and weights ds of Gauss and Legendre's rule on [0, 1], cut into equal pieces of 8 nodes each. */
function gaussLegendre(pieces: number): { readonly s: number; readonly ds: number }[] {
  return Array.from({ length: pieces }, (_, piece) =>
    rule.flatMap(([node, weight]) =>
      [-node, node].map(side => ({ s: (piece + (side + 1) / 2) / pieces, ds: weight / (2 * pieces) })),
    ),
  ).flat()
}
