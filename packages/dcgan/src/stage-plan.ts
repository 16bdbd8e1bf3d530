import { GankitError } from '@gankit/core'

type Size = readonly [height: number, width: number]

/** How G enlarges an image: from `start` in `stages` steps. */
export interface StagePlan {
  /** Height and width of the smallest image, which the dense layer makes. */
  readonly start: Size
  /** Doublings up to the image, as many halvings in D. */
  readonly stages: number
  /** Height and width behind each doubling, the image last. An odd side is one less than the double, which is cut. */
  readonly sizes: readonly Size[]
}

/** The least side of the start, unless stages are given: a smaller start has too few places. */
const minStart = 4
/** The greatest shorter and longer side of the start: with more the dense layer would be the largest by far. */
const [maxShortStart, maxLongStart] = [8, 16]

/**
 * The plan for an image: as many doublings as leave 4 pixels or more to the shorter side of the start, and then more until
 * its longer side is 16 at most. Sides are halved upwards, as D's strided convolutions do: 64 = 4·2⁴, 28 = 7·2²,
 * and 30 is 8 → 15 → 30, where 15 is 16 without its last line.
 * @param stages the number of doublings, a whole number from 1. Default: as above
 * @throws GankitError for more stages than halvings that change the image
 */
export function stagePlan(height: number, width: number, stages?: number): StagePlan {
  if (stages === undefined) return plan(height, width, countStages(height, width))
  const most = Math.max(1, Math.ceil(Math.log2(Math.max(height, width))))
  if (Number.isInteger(stages) && stages >= 1 && stages <= most) return plan(height, width, stages)
  throw new GankitError(
    'dcgan',
    'option',
    `stages is ${stages} for images of ${height}×${width}, expected a whole number from 1 to ${most}, after which a single pixel is left`,
  )
}

function plan(height: number, width: number, stages: number): StagePlan {
  const sizes: Size[] = [[height, width]]
  for (let stage = 0; stage < stages; stage++) {
    const [h, w] = sizes[0]!
    sizes.unshift([Math.ceil(h / 2), Math.ceil(w / 2)])
  }
  return { start: sizes[0]!, stages, sizes: sizes.slice(1) }
}

function countStages(height: number, width: number): number {
  const [short, long] = [Math.min(height, width), Math.max(height, width)]
  // Doublings that lose nothing come first, even where one more would fit.
  for (let stages = Math.floor(Math.log2(short)); stages >= 1; stages--) {
    const start = [short, long].map(side => side / 2 ** stages) as [number, number]
    if (!start.every(Number.isInteger) || start[0] < minStart) continue
    if (start[0] <= maxShortStart && start[1] <= maxLongStart) return stages
    break
  }
  let stages = 1
  while (short / 2 ** (stages + 1) >= minStart || Math.ceil(long / 2 ** stages) > maxLongStart) stages++
  return stages
}
