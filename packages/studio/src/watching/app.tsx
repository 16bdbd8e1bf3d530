import { Choices, Notice } from '@gankit/page-kit'
import type { JSX } from 'preact'
import { RunView } from '../run/run-view.tsx'
import { language, text } from '../state/language.ts'
import type { WatchClient } from './client.ts'
import { watchTexts } from './text.ts'

/** A run that trains in Node, as it goes on. */
export function WatchPage({ client }: { readonly client: WatchClient }): JSX.Element {
  const words = watchTexts[language.value]
  const { fault, refusal, title, name, run, canSteer } = client
  return (
    <>
      <button type="button" class="skip" onClick={() => document.getElementById('content')?.focus()}>
        {text.value.skip}
      </button>
      <header class="header">
        <h1>{title.value ?? 'gankit watch'}</h1>
        <nav>
          <code>{name.value}</code>
        </nav>
        <Choices
          language={language.value}
          onLanguage={chosen => {
            language.value = chosen
          }}
        />
      </header>
      <div class="notices" role="status">
        {fault.value ? <Notice>{words[fault.value]}</Notice> : null}
        {refusal.value ? (
          <Notice
            close={{
              word: text.value.close,
              act: () => {
                refusal.value = undefined
              },
            }}
          >
            <strong>{words.refused}</strong>: {refusal.value}
          </Notice>
        ) : null}
      </div>
      <main id="content" tabIndex={-1} class="watch">
        {title.value === undefined && !fault.value ? <p class="note">{words.opening}</p> : null}
        {title.value === undefined ? null : (
          <RunView run={run} actions={canSteer.value ? client.actions : undefined}>
            <p class="note">{words.only}</p>
          </RunView>
        )}
      </main>
    </>
  )
}
