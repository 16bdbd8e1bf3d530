import { effect } from '@preact/signals'
import { render } from 'preact'
import '@gankit/page-kit/styles.css'
import './style/run.css'
import './style/studio.css'
import { App } from './app.tsx'
import { text } from './state/language.ts'
import { route } from './state/route.ts'

effect(() => {
  const { app } = route.value
  const words = text.value
  document.title = app ? `${words.apps[app.name]!.title} – ${words.title}` : words.title
})

// A file that is dropped beside its place would take the page's.
addEventListener('dragover', event => event.preventDefault())
addEventListener('drop', event => event.preventDefault())

render(<App />, document.getElementById('app')!)
