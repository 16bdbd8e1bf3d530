import { formatCount } from '@gankit/page-kit'
import { useSignal } from '@preact/signals'
import type { JSX } from 'preact'
import { useId } from 'preact/hooks'
import { text } from '../state/language.ts'
import type { RunState } from './run-state.ts'

/** Samples of the same inputs over time, and real ones beside them. */
export function RunSamples({ run }: { readonly run: RunState }): JSX.Element {
  const words = text.value.run.samples
  const id = useId()
  /** The step that is looked at; undefined follows the newest. */
  const chosen = useSignal<number | undefined>(undefined)
  const besideReal = useSignal(false)
  const pictures = run.pictures.value
  const at = Math.max(
    0,
    chosen.value === undefined
      ? pictures.length - 1
      : pictures.findLastIndex(({ step }) => step <= chosen.value!),
  )
  const picture = pictures[at]
  const real = run.real.value
  if (!picture) return <p class="note samples-empty">{words.none}</p>
  const step = formatCount(picture.step)
  return (
    <section class="run-samples" aria-label={words.title}>
      <div class={besideReal.value && real ? 'pictures two' : 'pictures'}>
        <figure>
          <img src={picture.url} alt={words.at(step)} />
          <figcaption class="note">{words.at(step)}</figcaption>
        </figure>
        {besideReal.value && real ? (
          <figure>
            <img src={real} alt={words.real} />
            <figcaption class="note">{words.real}</figcaption>
          </figure>
        ) : null}
      </div>
      <div class="bar">
        <label for={id} class="visually-hidden">
          {words.step}
        </label>
        <input
          id={id}
          type="range"
          min={0}
          max={Math.max(0, pictures.length - 1)}
          value={at}
          aria-valuetext={words.at(step)}
          disabled={pictures.length < 2}
          onInput={({ currentTarget }) => {
            const wanted = currentTarget.valueAsNumber
            chosen.value = wanted >= pictures.length - 1 ? undefined : pictures[wanted]?.step
          }}
        />
        <button
          type="button"
          disabled={chosen.value === undefined}
          onClick={() => {
            chosen.value = undefined
          }}
        >
          {words.latest}
        </button>
        {real ? (
          <button
            type="button"
            aria-pressed={besideReal.value}
            onClick={() => {
              besideReal.value = !besideReal.value
            }}
          >
            {words.compare}
          </button>
        ) : null}
        <a class="button" href={picture.url} download={`step-${picture.step}.png`}>
          {words.save}
        </a>
      </div>
    </section>
  )
}
