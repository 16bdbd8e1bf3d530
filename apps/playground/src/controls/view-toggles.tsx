import type { JSX } from 'preact'
import type { ViewName } from '../settings/views.ts'
import { onLine, setView, state, text } from '../state/page-state.ts'

const onTheLine: readonly ViewName[] = ['real', 'fake', 'verdicts', 'best', 'lattice', 'arrows']
const inThePlane: readonly ViewName[] = ['real', 'fake', 'verdicts', 'lattice', 'arrows']

/** What the figure shows: its key, whose entries are switches. */
export function ViewToggles(): JSX.Element {
  const words = text.value
  const names = onLine.value ? onTheLine : inThePlane
  const nameOf = (view: ViewName) =>
    onLine.value && view === 'fake'
      ? words.figure.generated
      : onLine.value && view === 'best'
        ? words.figure.best
        : words.view[view]
  return (
    <fieldset class="toggles">
      <legend class="visually-hidden">{words.sections.views}</legend>
      {names.map(view => (
        <button
          key={view}
          type="button"
          aria-pressed={state.value.views[view]}
          onClick={() => setView(view, !state.value.views[view])}
        >
          <span class={`mark ${view} ${onLine.value ? 'line' : 'plane'}`} />
          {nameOf(view)}
        </button>
      ))}
    </fieldset>
  )
}

const panels: readonly ViewName[] = ['scheme', 'losses', 'probabilities']

/** Which panels stand beside the figure. */
export function PanelToggles(): JSX.Element {
  return (
    <fieldset class="toggles panels">
      <legend class="visually-hidden">{text.value.sections.panels}</legend>
      {panels.map(view => (
        <button
          key={view}
          type="button"
          aria-pressed={state.value.views[view]}
          onClick={() => setView(view, !state.value.views[view])}
        >
          {text.value.view[view]}
        </button>
      ))}
    </fieldset>
  )
}
