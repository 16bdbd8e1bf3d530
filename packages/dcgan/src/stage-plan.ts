import { GankitError } from '@gankit/core'

/** How an image grows, by doubling: from `start` in `stages` steps. */
export interface StagePlan {
  /** Height and width of what the dense layer makes. */
  readonly start: readonly [height: number, width: number]
  /** Doublings up to the image, as many halvings in D. */
  readonly stages: number
}

/** Sides that a plan starts from, unless it is told how many stages to take: smaller ones say nothing of place. */
const least = 4
/** Of the shorter and of the longer side: larger ones make the dense layer the largest by far. */
const [mostOfShort, mostOfLong] = [8, 16]

/**
 * The plan for an image: as many doublings as both sides allow. 28 = 7·2², 64 = 4·2⁴, 96×128 = 6×8·2⁴.
 * @param stages so many doublings instead, a whole number from 1
 * @throws GankitError for sides that can't be reached, with the nearest that can
 */
export function stagePlan(height: number, width: number, stages?: number): StagePlan {
  if (stages !== undefined) return forced(height, width, stages)
  const plan = planOf(height, width)
  if (plan) return plan
  throw new GankitError(
    'dcgan',
    'option',
    `imageShape is ${height}×${width}, which no start of ${least} to ${mostOfShort} (the longer side up to ${mostOfLong}) reaches by doubling: resize the images to ${nearest(height, width).join(' or ')}, or name stages`,
  )
}

function planOf(height: number, width: number): StagePlan | undefined {
  for (let stages = Math.floor(Math.log2(Math.min(height, width))); stages >= 1; stages--) {
    const start = [height / 2 ** stages, width / 2 ** stages] as const
    if (!start.every(Number.isInteger) || Math.min(...start) < least) continue
    return Math.min(...start) <= mostOfShort && Math.max(...start) <= mostOfLong
      ? { start, stages }
      : undefined
  }
  return undefined
}

function forced(height: number, width: number, stages: number): StagePlan {
  const start = [height / 2 ** stages, width / 2 ** stages] as const
  if (Number.isInteger(stages) && stages >= 1 && start.every(Number.isInteger)) return { start, stages }
  throw new GankitError(
    'dcgan',
    'option',
    `stages is ${stages} for images of ${height}×${width}, expected a whole number from 1 by which both sides can be halved: at most ${halvings(height, width)}`,
  )
}

/** How often both sides can be halved. */
function halvings(height: number, width: number): number {
  let count = 0
  while (height % 2 ** (count + 1) === 0 && width % 2 ** (count + 1) === 0) count++
  return count
}

/** The nearest sizes below and above that can be reached, of the same shape where it is a square. */
function nearest(height: number, width: number): string[] {
  const reach = Math.max(64, height, width)
  const found = [-1, 1].flatMap(direction => {
    let best: { size: string; far: number } | undefined
    for (let h = 8; h <= 2 * reach; h++)
      for (let w = height === width ? h : 8; w <= (height === width ? h : 2 * reach); w++) {
        const far = Math.hypot(h - height, w - width)
        if (Math.sign(h * w - height * width) !== direction || (best && far >= best.far) || !planOf(h, w))
          continue
        best = { size: `${h}×${w}`, far }
      }
    return best ? [best.size] : []
  })
  return found
}
