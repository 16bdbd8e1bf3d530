import { type Batches, checkInteger, GankitError } from '@gankit/core'
import type { StepEvent } from './events.ts'

/** Where a run ends: at what comes first. All count from the first step, so that a resumed run ends where one in a piece does. */
export interface Limits {
  /** Steps: a trainer at step 100 takes 200 more to reach 300. */
  readonly steps?: number
  /** Passes through the data; of several streams, through the first one that the game names. */
  readonly epochs?: number
  /** Samples of data seen, over all streams. */
  readonly samplesSeen?: number
  /** Called after each step; true ends the run. */
  readonly until?: (event: StepEvent) => boolean | Promise<boolean>
}

export interface Limit {
  /** Whether steps, epochs or samples are reached. */
  reached(): boolean
  /** The step at which that will be, as far as it is known. */
  steps(): number | undefined
}

/** @throws GankitError when there is no limit, or one is no whole number from 0 */
export function createLimit(
  { steps, epochs, samplesSeen, until }: Limits,
  now: { readonly step: number; readonly samplesSeen: number },
  batches: Batches,
): Limit {
  const limits = { steps, epochs, samplesSeen }
  for (const [name, value] of Object.entries(limits))
    if (value !== undefined) checkInteger('trainer', name, value, 0)
  if (Object.values(limits).every(value => value === undefined) && !until)
    throw new GankitError(
      'trainer',
      'option',
      'a run got no end, expected steps, epochs, samplesSeen or until: say at which it ends',
    )
  const began = { step: now.step, samplesSeen: now.samplesSeen, batches: countBatches(batches) }
  /** How many steps a count of something comes to, going on as it has gone since the run began. */
  const stepsUntil = (wanted: number | undefined, seen: number | undefined, first: number | undefined) =>
    wanted === undefined || seen === undefined || first === undefined || seen === first
      ? undefined
      : now.step + Math.ceil(((wanted - seen) * (now.step - began.step)) / (seen - first))
  return {
    reached: () =>
      (steps !== undefined && now.step >= steps) ||
      (epochs !== undefined && batches.position().epoch >= epochs) ||
      (samplesSeen !== undefined && now.samplesSeen >= samplesSeen),
    steps() {
      const wanted = epochs !== undefined && batches.perEpoch ? epochs * batches.perEpoch : undefined
      const known = [
        steps,
        stepsUntil(samplesSeen, now.samplesSeen, began.samplesSeen),
        stepsUntil(wanted, countBatches(batches), began.batches),
      ].filter(count => count !== undefined)
      return known.length > 0 ? Math.min(...known) : undefined
    },
  }
}

function countBatches(batches: Batches): number | undefined {
  const { epoch, batch } = batches.position()
  return batches.perEpoch === undefined ? undefined : epoch * batches.perEpoch + batch
}
