import { type Distribution, GankitError } from '@gankit/core'
import { refuse } from '../feature-rows.ts'
import { pointsOf } from './points.ts'

export interface ModesCoveredOptions {
  /** How far from a mode's centre a good sample may be, in standard deviations of the mode. Default 3. */
  readonly within?: number
}

export interface ModesCovered {
  /** Modes with at least one good sample. */
  readonly covered: number
  /** Modes with at least a fifth of the samples due to them: a stray sample covers no mode here. */
  readonly fairlyCovered: number
  readonly total: number
  /** Share of samples that are good. */
  readonly share: number
  /** [total], good samples of each mode. */
  readonly counts: Uint32Array
}

/** Part of its due share from which a mode is fairly covered. */
const fair = 1 / 5

/**
 * Which modes of a distribution samples reach, and how many samples are at one (Srivastava et al. 2017, "VEEGAN", arXiv
 * 1705.07761, section 4.1). A sample is good where it is within 3 standard deviations of the nearest mode, and is counted
 * for that mode. Of real samples of well separated modes 99.7% are good on a line, 98.9% in the plane.
 *
 * What is due to a mode goes by the density at its centre, where there is one: exact for modes that don't overlap.
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
    refuse(`${name} doesn't say its modes, expected centers and a standard deviation: measure divergences`)
  if (!(within > 0 && Number.isFinite(within)))
    throw new GankitError('metrics', 'option', `within is ${within}, expected a finite number above 0`)
  const { values, count } = pointsOf(samples, dimensions)
  const { centers: centres, std } = modes
  const counts = new Uint32Array(centres.length)
  let good = 0
  for (let i = 0; i < count; i++) {
    const [mode, square] = nearestCentre(values, i * dimensions, centres)
    if (square > (within * std) ** 2) continue
    counts[mode]!++
    good++
  }
  const due = dueShares(distribution, centres)
  return {
    covered: counts.filter(held => held > 0).length,
    fairlyCovered: counts.filter((held, mode) => held > 0 && held >= fair * due[mode]! * count).length,
    total: centres.length,
    share: good / count,
    counts,
  }
}

/** The nearest centre of the point that starts there, and its squared distance. */
function nearestCentre(
  values: ArrayLike<number>,
  from: number,
  centres: readonly (readonly number[])[],
): [mode: number, square: number] {
  let [mode, least] = [0, Number.POSITIVE_INFINITY]
  for (let k = 0; k < centres.length; k++) {
    const centre = centres[k]!
    let square = 0
    for (let axis = 0; axis < centre.length; axis++) square += (values[from + axis]! - centre[axis]!) ** 2
    if (square >= least) continue
    mode = k
    least = square
  }
  return [mode, least]
}

function dueShares({ density }: Distribution, centres: readonly (readonly number[])[]): Float64Array {
  const peaks = density ? density(centres.flat()) : new Float64Array(centres.length).fill(1)
  const total = peaks.reduce((sum, peak) => sum + peak, 0)
  return peaks.map(peak => peak / total)
}
