import type { EventRecord } from '@gankit/experiment/events'
import { formatCount } from '@gankit/page-kit'
import type { JSX } from 'preact'
import { text } from '../state/language.ts'
import type { RunState } from './run-state.ts'

/** What the doctor found, what the guard undid, what went wrong beside the training, and what a person steered; the newest first. */
export function RunFindings({ run }: { readonly run: RunState }): JSX.Element {
  const words = text.value.run.findings
  const notes = run.records.value.flatMap(record => describe(record))
  return (
    <section class="run-findings">
      <h2>{words.title}</h2>
      {notes.length === 0 ? <p class="note">{words.none}</p> : null}
      <ul>
        {notes.toReversed().map(({ step, kind, head, lines }, i) => (
          <li key={notes.length - i} class={kind}>
            <strong>{head}</strong> <span class="note">{words.step(formatCount(step))}</span>
            {lines.map(line => (
              <p key={line}>{line}</p>
            ))}
          </li>
        ))}
      </ul>
    </section>
  )
}

interface Note {
  readonly step: number
  readonly kind: string
  readonly head: string
  readonly lines: readonly string[]
}

function describe(record: EventRecord): Note[] {
  const words = text.value.run.findings
  const { type, step } = record
  if (type === 'finding')
    return [{ step, kind: type, head: record.name, lines: [record.evidence, record.advice] }]
  if (type === 'warning') return [{ step, kind: type, head: record.message, lines: [] }]
  if (type === 'rollback')
    return [{ step, kind: type, head: words.rollback(record.player, formatCount(record.to)), lines: [] }]
  if (type !== 'steered') return []
  const what = [
    ...(record.learningRateScale === 1 ? [] : [words.scale(String(record.learningRateScale))]),
    record.paused ? words.standing : words.goesOn,
    ...(record.checkpoint ? [words.checkpoint] : []),
  ]
  return [{ step, kind: type, head: words.steered(what.join(', ')), lines: [] }]
}
