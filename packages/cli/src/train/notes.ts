import { formatNumber } from '@gankit/core'
import type { Callback, RollbackEvent, SteeredEvent } from '@gankit/trainer'
import { describeSteered } from '../runs/describe.ts'

/** Prints a line for each finding, warning and rollback, and for what whoever watches the run changes. */
export function writeNotes(line: (text: string) => void): Callback {
  let before: Pick<SteeredEvent, 'paused' | 'learningRateScale'> | undefined
  return event => {
    if (event.type === 'start') {
      const { learningRateScale = 1 } = event
      before = { paused: false, learningRateScale }
      if (learningRateScale !== 1)
        line(`Steered  learning rates × ${formatNumber(learningRateScale)}, as they were when the run ended`)
    }
    if (event.type === 'steered') {
      line(`Steered  step ${event.step}: ${describeSteered(event, before)}`)
      before = event
    }
    if (event.type === 'finding')
      line(`Doctor   step ${event.step}, ${event.name}: ${event.evidence}; ${event.advice}`)
    if (event.type === 'warning') line(`Warning  step ${event.step}: ${event.message}`)
    if (event.type === 'rollback') line(`Guard    step ${event.step}: ${formatRollback(event)}`)
  }
}

function formatRollback({ player, cause, to, attempt, tries, learningRateScale }: RollbackEvent): string {
  if (attempt > tries)
    return `${player}'s ${cause} is not finite, and no try of ${tries} is left; the run ends at step ${to}, its last good one`
  return `${player}'s ${cause} is not finite; back to step ${to}, try ${attempt} of ${tries}, learning rates × ${learningRateScale}`
}
