import { type Language, preferredLanguage } from '@gankit/page-kit'
import type { JSX } from 'preact'
import { leaveExperiment, state, text, tryExperiment } from '../state/page-state.ts'
import { type ExperimentId, experimentIds, experiments } from './experiments.ts'
import { type ExperimentText, experimentsInEnglish } from './text-en.ts'
import { experimentsInChinese } from './text-zh.ts'

const texts: Readonly<Record<Language, Readonly<Record<ExperimentId, ExperimentText>>>> = {
  en: experimentsInEnglish,
  zh: experimentsInChinese,
}

const wordsOf = (id: ExperimentId): ExperimentText =>
  texts[state.value.language ?? preferredLanguage(navigator.languages)][id]

/** The question that is being tried, and which of its settings. */
function current(): { id: ExperimentId; variant: number } | undefined {
  const [name, variant] = (state.value.experiment ?? '').split('.')
  const id = experimentIds.find(each => each === name)
  if (!id) return undefined
  const { variants } = experiments.find(each => each.id === id)!
  return Number(variant) < variants.length ? { id, variant: Number(variant) } : undefined
}

/** The course's questions, each a click. */
export function Questions(): JSX.Element {
  const now = current()
  return (
    <details class="section questions" open>
      <summary>
        <h3>{text.value.sections.questions}</h3>
      </summary>
      <ul>
        {experimentIds.map(id => (
          <li key={id}>
            <button
              type="button"
              aria-current={now?.id === id ? 'true' : undefined}
              onClick={() => tryExperiment(id)}
            >
              {wordsOf(id).question}
            </button>
          </li>
        ))}
      </ul>
    </details>
  )
}

/** The question under way: its settings, what to watch, and the answer for who wants it. */
export function CurrentQuestion(): JSX.Element | null {
  const now = current()
  if (!now) return null
  const words = text.value.experiment
  const { question, watch, answer, variants } = wordsOf(now.id)
  return (
    <section class="question" aria-labelledby="question-title">
      <div class="head">
        <h2 id="question-title">{question}</h2>
        <button type="button" class="close" aria-label={words.leave} onClick={leaveExperiment}>
          <svg class="icon" viewBox="0 0 16 16" aria-hidden="true">
            <path d="M3.5 3.5l9 9m0-9l-9 9" />
          </svg>
        </button>
      </div>
      {variants.length > 1 ? (
        <fieldset class="segments">
          <legend class="visually-hidden">{words.settings}</legend>
          {variants.map((name, variant) => (
            <button
              key={name}
              type="button"
              aria-pressed={variant === now.variant}
              onClick={() => tryExperiment(now.id, variant)}
            >
              {name}
            </button>
          ))}
        </fieldset>
      ) : null}
      <p>
        <strong>{words.watch}:</strong> {watch}
      </p>
      <details>
        <summary>{words.answer}</summary>
        <p>{answer}</p>
      </details>
    </section>
  )
}
