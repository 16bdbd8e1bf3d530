import { type Distribution, randomStream } from '@gankit/core'
import { checkWhole, refuse } from '../feature-rows.ts'
import { type Cells, cellsOf, exactShares, sharesOf } from './cells.ts'
import { pointsOf } from './points.ts'

export interface DivergencesOptions {
  /** Cells a side of the histogram, from 2 to 2,000. Default: as wide as a mode's standard deviation, 50 to 400. */
  readonly bins?: number
  /** Seed of the real samples of the floor. Default 0. */
  readonly seed?: number
}

/** In nats; 0 for the same distributions. */
export interface Divergence {
  /** KL(real‖generated): large where something real is never generated. */
  readonly forward: number
  /** KL(generated‖real): large where something is generated that isn't real. */
  readonly reverse: number
  /** Jensen and Shannon's, from 0 to ln 2. */
  readonly js: number
}

export interface Divergences extends Divergence {
  /** The same of as many real samples: what chance alone makes of a perfect generator. */
  readonly floor: Divergence
  /** Cells a side. */
  readonly bins: readonly number[]
}

/**
 * Kullback and Leibler's divergences, both ways, and Jensen and Shannon's, of samples from a known density.
 *
 * The estimate is by a histogram on the distribution's extent, with one more cell for all that is outside. Real shares are
 * integrals of the density. It sees nothing finer than a cell, which makes it too low, and takes chance for difference,
 * which makes it too high: with n samples in k cells by about k/(2n) for both KL, k/(8n) for JS, so it must be read beside
 * its `floor`. For KL each side is mixed with 1/(n + 1) of a uniform distribution over all cells, as if one sample more had
 * been spread over them: a cell that one side leaves empty then costs much, but is finite.
 *
 * @param samples [n, distribution.dimensions], row-major, n from 1; in one or two dimensions
 * @throws GankitError for a distribution without a density, options out of range, or samples that are no points
 */
export function divergences(
  samples: ArrayLike<number>,
  distribution: Distribution,
  { bins, seed = 0 }: DivergencesOptions = {},
): Divergences {
  const { density, name, dimensions } = distribution
  if (!density) refuse(`${name} has no density, expected one: measure the distance from real samples`)
  if (dimensions !== 1 && dimensions !== 2)
    refuse(`${name} has ${dimensions} dimensions, expected 1 or 2: a histogram of more is empty`)
  if (bins !== undefined) {
    checkWhole('bins', bins, 2)
    if (bins > 2000) refuse(`bins is ${bins}, expected at most 2000: they are squared in two dimensions`)
  }
  const points = pointsOf(samples, dimensions)
  const cells = cellsOf(distribution, bins)
  const exact = keptShares(density, cells)
  const real = distribution.sample(randomStream(seed, 'metrics/divergences'), points.count)
  return {
    ...between(exact, sharesOf(points, cells), points.count),
    floor: between(exact, sharesOf({ ...points, values: real }, cells), points.count),
    bins: cells.sides,
  }
}

/** Shares of densities that were asked for before; in the plane to integrate them takes a second. */
const kept = new WeakMap<NonNullable<Distribution['density']>, Map<string, Float64Array>>()

function keptShares(density: NonNullable<Distribution['density']>, cells: Cells): Float64Array {
  const ofDensity = kept.get(density) ?? new Map<string, Float64Array>()
  kept.set(density, ofDensity)
  const key = JSON.stringify([cells.extent, cells.sides])
  const shares = ofDensity.get(key) ?? exactShares(density, cells)
  ofDensity.set(key, shares)
  return shares
}

function between(real: Float64Array, generated: Float64Array, count: number): Divergence {
  const mixed = (shares: Float64Array) =>
    shares.map(share => (share * count + 1 / shares.length) / (count + 1))
  const [p, q] = [mixed(real), mixed(generated)]
  const middle = real.map((share, i) => (share + generated[i]!) / 2)
  return {
    forward: kullbackLeibler(p, q),
    reverse: kullbackLeibler(q, p),
    js: (kullbackLeibler(real, middle) + kullbackLeibler(generated, middle)) / 2,
  }
}

/** Shares below this add nothing, and half of the least number that there is would be 0. */
const negligible = 1e-300

/** Σ p ln(p/q), in nats; q is above 0 wherever p isn't negligible. */
function kullbackLeibler(p: Float64Array, q: Float64Array): number {
  let sum = 0
  for (let i = 0; i < p.length; i++) if (p[i]! > negligible) sum += p[i]! * Math.log(p[i]! / q[i]!)
  return Math.max(0, sum)
}
