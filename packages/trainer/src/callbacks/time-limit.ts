import { GankitError } from '@gankit/core'
import type { Callback } from '../run/events.ts'

/**
 * Ends a run after so many seconds of its own time, which a clock that is set doesn't change.
 * @throws GankitError unless `seconds` is above 0
 */
export function timeLimit(seconds: number): Callback {
  if (!(seconds > 0))
    throw new GankitError('trainer', 'option', `timeLimit is ${seconds} seconds, expected a number above 0`)
  return (event, run) => {
    if (event.type === 'step' && event.seconds >= seconds)
      run.stop(`${seconds} s have passed, its time limit`)
  }
}
