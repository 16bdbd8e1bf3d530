import { checkInteger, type Distribution, randomStream } from '@gankit/core'
import { throwDataError, toPoints } from '../features/feature-rows.ts'
import { type Cells, countShares, divideIntoCells, integrateShares } from './cells.ts'

interface DivergencesOptions {
  /** Cells per axis of the histogram, from 2 to 2,000. Default: as wide as a mode's standard deviation, 50 to 400. */
  readonly bins?: number
  /** Seed of the real samples that give the floor. Default 0. */
  readonly seed?: number
}

/** In nats; 0 for equal distributions. */
interface Divergence {
  /** KL(real‖generated): large where the generator misses part of the real distribution. */
  readonly forward: number
  /** KL(generated‖real): large where samples lie outside the real distribution. */
  readonly reverse: number
  /** Jensen and Shannon's, from 0 to ln 2. */
  readonly js: number
}

interface Divergences extends Divergence {
  /** The divergences of as many real samples: the values of a perfect generator, by chance alone. */
  readonly floor: Divergence
  /** Cells per axis. */
  readonly bins: readonly number[]
}

/**
 * Kullback and Leibler's divergences, both ways, and Jensen and Shannon's, of samples from a known density.
 *
 * The estimate is by a histogram on the distribution's extent, with one more cell for everything outside. Real shares are
 * integrals of the density. Differences finer than a cell are not seen, which makes the estimate too low, and chance looks
 * like difference, which makes it too high: with n samples in k cells by about k/(2n) for both KL, k/(8n) for JS. So read
 * it beside its `floor`. For KL each distribution is mixed with 1/(n + 1) of a uniform one over all cells, as if one sample
 * more had been spread over them: a cell that is empty on one side then costs much, but the sum stays finite.
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
  if (!density) throwDataError(`${name} has no density, expected one: measure the distance from real samples`)
  if (dimensions !== 1 && dimensions !== 2)
    throwDataError(`${name} has ${dimensions} dimensions, expected 1 or 2: a histogram of more is empty`)
  if (bins !== undefined) {
    checkInteger('metrics', 'bins', bins, 2)
    if (bins > 2000)
      throwDataError(`bins is ${bins}, expected at most 2000: they are squared in two dimensions`)
  }
  const points = toPoints(samples, dimensions)
  const cells = divideIntoCells(distribution, bins)
  const exact = cachedShares(density, cells)
  const real = distribution.sample(randomStream(seed, 'metrics/divergences'), points.count)
  return {
    ...computeDivergence(exact, countShares(points, cells), points.count),
    floor: computeDivergence(exact, countShares({ ...points, values: real }, cells), points.count),
    bins: cells.sides,
  }
}

/** Integrated shares by density, then by cells: in the plane an integration takes a second. */
const cache = new WeakMap<NonNullable<Distribution['density']>, Map<string, Float64Array>>()

function cachedShares(density: NonNullable<Distribution['density']>, cells: Cells): Float64Array {
  const ofDensity = cache.get(density) ?? new Map<string, Float64Array>()
  cache.set(density, ofDensity)
  const key = JSON.stringify([cells.extent, cells.sides])
  const shares = ofDensity.get(key) ?? integrateShares(density, cells)
  ofDensity.set(key, shares)
  return shares
}

function computeDivergence(real: Float64Array, generated: Float64Array, count: number): Divergence {
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

/** Smaller shares add nothing; half of the smallest positive number would round to 0 and make JS infinite. */
const negligible = 1e-300

/** Σ p ln(p/q), in nats; q is above 0 wherever p isn't negligible. */
function kullbackLeibler(p: Float64Array, q: Float64Array): number {
  let sum = 0
  for (let i = 0; i < p.length; i++) if (p[i]! > negligible) sum += p[i]! * Math.log(p[i]! / q[i]!)
  return Math.max(0, sum)
}
