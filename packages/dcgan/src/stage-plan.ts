import { GankitError } from '@gankit/core'

/** How G doubles an image: from `start` in `stages` steps. */
export interface StagePlan {
  /** Height and width of the smallest image, which the dense layer makes. */
  readonly start: readonly [height: number, width: number]
  /** Doublings up to the image, as many halvings in D. */
  readonly stages: number
}

/** The least side of the start, unless stages are given: a smaller start has too few places. */
const minStart = 4
/** The greatest shorter and longer side of the start: with more the dense layer would be the largest by far. */
const [maxShortStart, maxLongStart] = [8, 16]

/**
 * The plan for an image: as many doublings as both sides allow. 28 = 7·2², 64 = 4·2⁴, 96×128 = 6×8·2⁴.
 * @param stages the number of doublings, a whole number from 1. Default: as many as both sides allow
 * @throws GankitError for sides that can't be reached, with the nearest that can
 */
export function stagePlan(height: number, width: number, stages?: number): StagePlan {
  if (stages !== undefined) return planWithStages(height, width, stages)
  const plan = findPlan(height, width)
  if (plan) return plan
  throw new GankitError(
    'dcgan',
    'option',
    `imageShape is ${height}×${width}, which no start of ${minStart} to ${maxShortStart} (the longer side up to ${maxLongStart}) reaches by doubling: resize the images to ${nearestSizes(height, width).join(' or ')}`,
    { option: 'imageShape' },
  )
}

function findPlan(height: number, width: number): StagePlan | undefined {
  for (let stages = Math.floor(Math.log2(Math.min(height, width))); stages >= 1; stages--) {
    const start = [height / 2 ** stages, width / 2 ** stages] as const
    if (!start.every(Number.isInteger) || Math.min(...start) < minStart) continue
    return Math.min(...start) <= maxShortStart && Math.max(...start) <= maxLongStart
      ? { start, stages }
      : undefined
  }
  return undefined
}

function planWithStages(height: number, width: number, stages: number): StagePlan {
  const start = [height / 2 ** stages, width / 2 ** stages] as const
  if (Number.isInteger(stages) && stages >= 1 && start.every(Number.isInteger)) return { start, stages }
  throw new GankitError(
    'dcgan',
    'option',
    `stages is ${stages} for images of ${height}×${width}, expected a whole number from 1 by which both sides can be halved: at most ${countHalvings(height, width)}`,
  )
}

/** How often both sides can be halved. */
function countHalvings(height: number, width: number): number {
  let count = 0
  while (height % 2 ** (count + 1) === 0 && width % 2 ** (count + 1) === 0) count++
  return count
}

/** The nearest sizes below and above that can be reached, of the same shape where it is a square. */
function nearestSizes(height: number, width: number): string[] {
  const reach = Math.max(64, height, width)
  const found = [-1, 1].flatMap(direction => {
    let best: { size: string; distance: number } | undefined
    for (let h = 8; h <= 2 * reach; h++)
      for (let w = height === width ? h : 8; w <= (height === width ? h : 2 * reach); w++) {
        const distance = Math.hypot(h - height, w - width)
        if (
          Math.sign(h * w - height * width) !== direction ||
          (best && distance >= best.distance) ||
          !findPlan(h, w)
        )
          continue
        best = { size: `${h}×${w}`, distance }
      }
    return best ? [best.size] : []
  })
  return found
}
