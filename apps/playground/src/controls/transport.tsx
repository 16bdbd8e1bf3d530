import { formatCount, Segments } from '@gankit/page-kit'
import type { JSX } from 'preact'
import { useState } from 'preact/hooks'
import { maxSteps } from '../settings/bounds.ts'
import { formatUrlState, speeds } from '../settings/url-state.ts'
import {
  isEmpty,
  nextStage,
  pauseGame,
  playGame,
  playing,
  reset,
  setSpeed,
  setSteps,
  snapshot,
  state,
  stepOnce,
  text,
} from '../state/page-state.ts'

/** Play, pause, a step of both networks or of one, reset and speed. */
export function Transport(): JSX.Element {
  const words = text.value.transport
  const disabled = isEmpty.value
  return (
    <section class="transport" aria-label={words.label}>
      <button
        type="button"
        class="primary play"
        disabled={disabled}
        onClick={() => (playing.value ? pauseGame() : playGame())}
      >
        <PlayIcon playing={playing.value} />
        {playing.value ? words.pause : words.play}
      </button>
      {state.value.speed === 'by-hand' ? (
        <button type="button" class="next" disabled={disabled} onClick={nextStage}>
          {words.next}
        </button>
      ) : null}
      <button type="button" disabled={disabled} onClick={() => stepOnce()}>
        {words.step}
      </button>
      <button
        type="button"
        class="discriminator"
        disabled={disabled}
        onClick={() => stepOnce('discriminator')}
      >
        {words.discriminatorStep}
      </button>
      <button type="button" class="generator" disabled={disabled} onClick={() => stepOnce('generator')}>
        {words.generatorStep}
      </button>
      <button type="button" disabled={disabled} onClick={() => reset(false)}>
        {words.reset}
      </button>
      <Segments
        label={words.speed}
        value={state.value.speed}
        options={speeds}
        name={speed => text.value.speed[speed]}
        onChange={setSpeed}
      />
      <p class="step">
        {text.value.numbers.step} <span class="value">{formatCount(snapshot.value?.step ?? 0)}</span>
      </p>
    </section>
  )
}

function PlayIcon({ playing }: { readonly playing: boolean }): JSX.Element {
  return (
    <svg class="icon" viewBox="0 0 16 16" aria-hidden="true">
      <path d={playing ? 'M4 3h3v10H4zM9 3h3v10H9z' : 'M4 2.5 13 8l-9 5.5z'} />
    </svg>
  )
}

/** Where the game stands still, and the link that repeats it. */
export function LinkAndEnd(): JSX.Element {
  const words = text.value.transport
  const [copied, setCopied] = useState(false)
  const copy = async () => {
    const link = linkToNow()
    // A page that came over plain HTTP has no clipboard: then the address bar shows the link.
    await navigator.clipboard?.writeText(link).catch(() => undefined)
    if (!navigator.clipboard) history.replaceState(null, '', link)
    setCopied(true)
    setTimeout(() => setCopied(false), 2000)
  }
  return (
    <div class="link">
      <label>
        {words.stopAt}{' '}
        <input
          type="number"
          min={1}
          max={maxSteps}
          step={1}
          value={state.value.steps ?? ''}
          placeholder="–"
          onChange={({ currentTarget }) => {
            const steps = Number(currentTarget.value)
            setSteps(Number.isInteger(steps) && steps >= 1 && steps <= maxSteps ? steps : undefined)
          }}
        />
      </label>
      <button type="button" onClick={() => void copy()}>
        {copied ? words.copied : words.link}
      </button>
    </div>
  )
}

/** The address that repeats what is on the page; it starts by itself where something was played. */
function linkToNow(): string {
  const step = snapshot.value?.step ?? 0
  const { steps } = state.value
  const hash = formatUrlState({
    ...state.value,
    play: step > 0,
    steps: steps ?? (step > 0 ? step : undefined),
  })
  return location.href.replace(/#.*$/, '') + hash
}
