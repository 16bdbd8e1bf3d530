import { checkPositive, type Distribution } from '@gankit/core'
import { throwDataError, toPoints } from '../features/feature-rows.ts'

interface ModesCoveredOptions {
  /** How far from a mode's center a good sample may be, in standard deviations of the mode. Default 3. */
  readonly within?: number
}

interface ModesCovered {
  /** Modes with at least one good sample. */
  readonly covered: number
  /** Modes with at least a fifth of the samples expected at them, so that a stray sample doesn't count. */
  readonly fairlyCovered: number
  readonly total: number
  /** Share of good samples. */
  readonly share: number
  /** [total], good samples per mode. */
  readonly counts: Uint32Array
}

/** Part of its expected share of the samples from which a mode is fairly covered. */
const fairPart = 1 / 5

/**
 * Which modes of a distribution samples cover, and the share of samples near a mode (Srivastava et al. 2017, "VEEGAN", arXiv
 * 1705.07761, section 4.1). A sample is good where it is within 3 standard deviations of the nearest mode, and is counted
 * for that mode. Of real samples of well separated modes 99.7% are good on a line, 98.9% in the plane.
 *
 * The expected share of a mode is in proportion to the density at its center, where the density is known: exact for modes
 * that don't overlap. Otherwise all modes are expected to have equal shares.
 *
 * @param samples [n, distribution.dimensions], row-major, n from 1
 * @throws GankitError for a distribution without modes, `within` not above 0, or samples that are no points
 */
export function modesCovered(
  samples: ArrayLike<number>,
  distribution: Distribution,
  { within = 3 }: ModesCoveredOptions = {},
): ModesCovered {
  const { modes, name, dimensions } = distribution
  if (!modes)
    throwDataError(
      `${name} has no known modes, expected centers and a standard deviation: measure divergences`,
    )
  checkPositive('metrics', 'within', within)
  const { values, count } = toPoints(samples, dimensions)
  const { centers, std } = modes
  const counts = new Uint32Array(centers.length)
  let good = 0
  for (let i = 0; i < count; i++) {
    const [mode, square] = nearestCenter(values, i * dimensions, centers)
    if (square > (within * std) ** 2) continue
    counts[mode]!++
    good++
  }
  const expected = computeExpectedShares(distribution, centers)
  return {
    covered: counts.filter(held => held > 0).length,
    fairlyCovered: counts.filter((held, mode) => held > 0 && held >= fairPart * expected[mode]! * count)
      .length,
    total: centers.length,
    share: good / count,
    counts,
  }
}

/** The nearest center of the point that starts at index `from`, and its squared distance. */
function nearestCenter(
  values: ArrayLike<number>,
  from: number,
  centers: readonly (readonly number[])[],
): [mode: number, square: number] {
  let [mode, least] = [0, Number.POSITIVE_INFINITY]
  for (let k = 0; k < centers.length; k++) {
    const center = centers[k]!
    let square = 0
    for (let axis = 0; axis < center.length; axis++) square += (values[from + axis]! - center[axis]!) ** 2
    if (square >= least) continue
    mode = k
    least = square
  }
  return [mode, least]
}

function computeExpectedShares(
  { density }: Distribution,
  centers: readonly (readonly number[])[],
): Float64Array {
  const peaks = density ? density(centers.flat()) : new Float64Array(centers.length).fill(1)
  const total = peaks.reduce((sum, peak) => sum + peak, 0)
  return peaks.map(peak => peak / total)
}
