import { NumberSelect } from '@gankit/page-kit'
import type { JSX } from 'preact'
import { text } from '../state/language.ts'
import type { RunState } from './run-state.ts'

/** What a person may do with a run that goes on. */
export interface RunActions {
  pause(paused: boolean): void
  scaleLearningRates(scale: number): void
  checkpoint(): void
  stop(): void
}

const scales = [0.1, 0.25, 0.5, 1, 2, 4]

/** Pause, checkpoint, learning rates, stop. */
export function RunControls({
  run,
  actions,
}: {
  readonly run: RunState
  readonly actions: RunActions
}): JSX.Element | null {
  const words = text.value.run.controls
  const status = run.status.value
  if (status !== 'training' && status !== 'paused') return null
  const isPaused = status === 'paused'
  return (
    <fieldset class="run-controls">
      <legend class="visually-hidden">{words.label}</legend>
      <button type="button" class="primary" onClick={() => actions.pause(!isPaused)}>
        {isPaused ? words.resume : words.pause}
      </button>
      <button type="button" onClick={() => actions.checkpoint()}>
        {words.checkpoint}
      </button>
      <button
        type="button"
        onClick={() => {
          if (confirm(words.stopSure)) actions.stop()
        }}
      >
        {words.stop}
      </button>
      <NumberSelect
        label={`${words.learningRate} ×`}
        value={run.learningRateScale.value}
        options={scales}
        onChange={scale => actions.scaleLearningRates(scale)}
      />
    </fieldset>
  )
}
