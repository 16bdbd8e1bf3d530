import { type Batches, GankitError } from '@gankit/core'
import { checkWhole } from './check-whole.ts'
import type { StepEvent } from './events.ts'

/** Where a run ends: at what comes first. All count from the first step, so that a resumed run ends where one in a piece does. */
export interface Limits {
  /** Steps: a trainer at step 100 takes 200 more to reach 300. */
  readonly steps?: number
  /** Times that the data have been gone through. */
  readonly epochs?: number
  /** Real images seen. */
  readonly images?: number
  /** Asked after each step; true ends the run. */
  readonly until?: (event: StepEvent) => boolean | Promise<boolean>
}

export interface Limit {
  /** Whether steps, epochs or images are reached. */
  reached(): boolean
  /** The step at which that will be, as far as it is known. */
  steps(): number | undefined
}

/** @throws GankitError when there is no limit, or one is no whole number from 0 */
export function limitOf(
  { steps, epochs, images, until }: Limits,
  now: { readonly step: number; readonly images: number },
  batches: Batches,
): Limit {
  const limits = { steps, epochs, images }
  for (const [name, value] of Object.entries(limits)) if (value !== undefined) checkWhole(name, value, 0)
  if (Object.values(limits).every(value => value === undefined) && !until)
    throw new GankitError(
      'trainer',
      'option',
      'a run got no end, expected steps, epochs, images or until: say at which it ends',
    )
  const began = { step: now.step, images: now.images, batches: batchesSeen(batches) }
  /** How many steps a count of something comes to, going on as it has gone since the run began. */
  const stepsUntil = (wanted: number | undefined, seen: number | undefined, first: number | undefined) =>
    wanted === undefined || seen === undefined || first === undefined || seen === first
      ? undefined
      : now.step + Math.ceil(((wanted - seen) * (now.step - began.step)) / (seen - first))
  return {
    reached: () =>
      (steps !== undefined && now.step >= steps) ||
      (epochs !== undefined && batches.position().epoch >= epochs) ||
      (images !== undefined && now.images >= images),
    steps() {
      const wanted = epochs !== undefined && batches.perEpoch ? epochs * batches.perEpoch : undefined
      const known = [
        steps,
        stepsUntil(images, now.images, began.images),
        stepsUntil(wanted, batchesSeen(batches), began.batches),
      ].filter(count => count !== undefined)
      return known.length > 0 ? Math.min(...known) : undefined
    },
  }
}

function batchesSeen(batches: Batches): number | undefined {
  const { epoch, batch } = batches.position()
  return batches.perEpoch === undefined ? undefined : epoch * batches.perEpoch + batch
}
