import { Choices } from '@gankit/page-kit'
import type { JSX } from 'preact'
import type { CatalogApp } from './apps/catalog.ts'
import { GeneratorPanel } from './generators/panel.tsx'
import { StartPage } from './start-page.tsx'
import { language, text } from './state/language.ts'
import { linkTo, route, tabs } from './state/route.ts'
import { TrainingPanel } from './training/panel.tsx'

/** The studio: its start, or the page of an app. */
export function App(): JSX.Element {
  const { app } = route.value
  const words = text.value
  return (
    <>
      <button type="button" class="skip" onClick={() => document.getElementById('content')?.focus()}>
        {words.skip}
      </button>
      <header class="header">
        <a class="home" href={linkTo()}>
          {words.title}
        </a>
        {app ? <AppTabs app={app} /> : <nav />}
        <Choices
          language={language.value}
          onLanguage={chosen => {
            language.value = chosen
          }}
        />
      </header>
      <main id="content" tabIndex={-1}>
        {app ? <AppPage app={app} /> : <StartPage />}
      </main>
    </>
  )
}

function AppTabs({ app }: { readonly app: CatalogApp }): JSX.Element {
  const words = text.value.tabs
  return (
    <nav aria-label={words.label}>
      {tabs.map(tab => (
        <a key={tab} href={linkTo(app.name, tab)} aria-current={tab === route.value.tab ? 'page' : undefined}>
          {words[tab]}
        </a>
      ))}
    </nav>
  )
}

function AppPage({ app }: { readonly app: CatalogApp }): JSX.Element {
  const words = text.value.apps[app.name]!
  return (
    <>
      <div class="app-title">
        <h1>{words.title}</h1>
        <p class="note">{words.about}</p>
      </div>
      {route.value.tab === 'draw' ? (
        <GeneratorPanel key={app.name} app={app} />
      ) : (
        <TrainingPanel key={app.name} app={app} />
      )}
    </>
  )
}
