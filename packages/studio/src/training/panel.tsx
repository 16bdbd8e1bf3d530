import { Notice } from '@gankit/page-kit'
import { useSignalEffect } from '@preact/signals'
import type { JSX } from 'preact'
import { useEffect, useMemo } from 'preact/hooks'
import type { CatalogApp } from '../apps/catalog.ts'
import { RunView } from '../run/run-view.tsx'
import { text } from '../state/language.ts'
import { TrainingClient } from './client.ts'
import { KeptRuns } from './kept-runs.tsx'
import { PlanDraft, PlanForm } from './plan-form.tsx'
import { RunFiles } from './run-files.tsx'

/** Trains an app in this tab, and shows the runs that this browser keeps. */
export function TrainingPanel({ app }: { readonly app: CatalogApp }): JSX.Element {
  const client = useMemo(() => new TrainingClient(), [])
  const draft = useMemo(() => new PlanDraft(), [])
  useEffect(() => {
    client.describe(app.name)
    return () => client.close()
  }, [client, app.name])
  useLeaveGuard(client)
  const run = client.run.value
  return (
    <>
      <Notices client={client} />
      {run ? (
        <RunView run={run} actions={client.phase.value?.phase === 'training' ? client.actions : undefined}>
          <Preparing client={client} />
          <RunFiles client={client} />
        </RunView>
      ) : (
        <div class="plan">
          <PlanForm app={app} client={client} draft={draft} />
          <KeptRuns app={app} client={client} />
        </div>
      )}
    </>
  )
}

/** Asks before a run that goes on is left: what was taken since the last checkpoint would be lost. */
function useLeaveGuard({ run }: TrainingClient): void {
  useSignalEffect(() => {
    const goesOn = ['training', 'paused'].includes(run.value?.status.value ?? '')
    if (!goesOn) return
    const guard = (event: BeforeUnloadEvent) => event.preventDefault()
    addEventListener('beforeunload', guard)
    return () => removeEventListener('beforeunload', guard)
  })
}

/** What is done before the first step. */
function Preparing({ client }: { readonly client: TrainingClient }): JSX.Element | null {
  const words = text.value.training
  const now = client.phase.value
  if (!now || now.phase === 'training' || now.phase === 'ended') return null
  return (
    <p class="note" role="status">
      {now.phase === 'loading'
        ? words.loading
        : now.total === undefined
          ? words.readingData
          : words.reading(String(now.done), String(now.total))}
    </p>
  )
}

function Notices({ client }: { readonly client: TrainingClient }): JSX.Element {
  const words = text.value.training
  const { failure, unkept, notes, backend } = client
  const closes = (act: () => void) => ({ word: text.value.close, act })
  return (
    <div class="notices" role="status">
      {failure.value ? (
        <Notice
          close={closes(() => {
            failure.value = undefined
          })}
        >
          <strong>{words.failed}</strong>: {failure.value}
        </Notice>
      ) : null}
      {unkept.value ? <Notice>{words.notKept(unkept.value)}</Notice> : null}
      {backend.value === 'cpu' ? <Notice>{words.slow}</Notice> : null}
      {notes.value.map(note => (
        <Notice
          key={note}
          close={closes(() => {
            notes.value = notes.value.filter(each => each !== note)
          })}
        >
          {note}
        </Notice>
      ))}
    </div>
  )
}
