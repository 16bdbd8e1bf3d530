import type { JSX } from 'preact'
import {
  type LayerName,
  lineLayers,
  maxOpacity,
  minOpacity,
  planeLayers,
  type ViewName,
} from '../settings/views.ts'
import { onLine, setOpacity, setView, state, text } from '../state/page-state.ts'

function nameOf(view: ViewName): string {
  const { figure, view: names } = text.value
  if (onLine.value && view === 'fake') return figure.generated
  if (onLine.value && view === 'best') return figure.best
  return names[view]
}

const layers = (): readonly LayerName[] => (onLine.value ? lineLayers : planeLayers)

/** What the figure shows: its key, whose entries are switches. */
export function ViewToggles(): JSX.Element {
  return (
    <div class="layers">
      <fieldset class="toggles">
        <legend class="visually-hidden">{text.value.sections.views}</legend>
        {layers().map(view => (
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
      <details class="opacities">
        <summary>{text.value.figure.opacity}</summary>
        <div class="fields">
          {layers()
            .filter(layer => state.value.views[layer])
            .map(layer => (
              <Opacity key={layer} layer={layer} />
            ))}
        </div>
      </details>
    </div>
  )
}

/** How opaque a layer that is shown is. */
function Opacity({ layer }: { readonly layer: LayerName }): JSX.Element {
  const percent = state.value.opacities[layer] ?? maxOpacity
  return (
    <label class="opacity">
      <span>{nameOf(layer)}</span>
      <input
        type="range"
        min={minOpacity}
        max={maxOpacity}
        step={5}
        value={percent}
        aria-valuetext={`${percent}%`}
        onInput={({ currentTarget }) => setOpacity(layer, Number(currentTarget.value), false)}
        onChange={({ currentTarget }) => setOpacity(layer, Number(currentTarget.value), true)}
      />
      <span class="value">{percent}%</span>
    </label>
  )
}

const panels: readonly ViewName[] = ['scheme', 'losses', 'probabilities', 'divergences']

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
