import { formatCount } from '@gankit/page-kit'
import type { JSX } from 'preact'
import { text } from '../state/language.ts'
import type { RunState } from './run-state.ts'

/** Where a run is, how fast it goes, and how long it still takes. */
export function RunProgress({ run }: { readonly run: RunState }): JSX.Element {
  const words = text.value.run
  const [step, steps] = [run.step.value, run.steps.value]
  const left = run.secondsLeft.value
  const rate = run.pace.value?.imagesPerSecond
  const status = run.status.value
  const { end } = run.history.value
  const isMoving = status === 'training'
  return (
    <div class="run-progress">
      <progress aria-label={words.step} max={steps ?? 1} value={steps === undefined ? 0 : step} />
      <p>
        <strong>{words.of(formatCount(step), steps === undefined ? '–' : formatCount(steps))}</strong>
        <span>
          {words.state[status]}
          {end && status === 'ended' ? ` (${words.reasons[end.reason]})` : ''}
        </span>
        {isMoving && left !== undefined ? <span>{words.left(formatTime(left))}</span> : null}
        {isMoving && rate ? <span>{words.imagesPerSecond(formatRate(rate))}</span> : null}
      </p>
      {end?.why && end.reason === 'failed' ? <p class="fault">{end.why}</p> : null}
    </div>
  )
}

const formatRate = (rate: number): string => (rate < 10 ? rate.toFixed(1) : formatCount(Math.round(rate)))

function formatTime(seconds: number): string {
  const { units } = text.value.run
  const whole = Math.round(seconds)
  if (whole < 90) return `${whole} ${units.seconds}`
  if (whole < 5400) return `${Math.round(whole / 60)} ${units.minutes}`
  return `${Math.floor(whole / 3600)} ${units.hours} ${Math.round((whole % 3600) / 60)} ${units.minutes}`
}
