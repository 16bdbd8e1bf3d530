import { preferredLanguage } from '@gankit/page-kit'
import { effect } from '@preact/signals'
import { render } from 'preact'
import { App } from './app.tsx'
import { openFile } from './controls/file-picker.tsx'
import { announceWhenStanding } from './state/announcements.ts'
import { openAddress, state, text } from './state/page-state.ts'
import '@gankit/page-kit/styles.css'
import './style/layout.css'
import './style/controls.css'
import './style/layers.css'
import './style/questions.css'
import './style/scheme.css'
import './style/zero-sum.css'

effect(() => {
  const language = state.value.language ?? preferredLanguage(navigator.languages)
  document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en'
  document.title = `${text.value.title} – gankit`
})

// A file of points may be dropped anywhere.
addEventListener('dragover', event => event.preventDefault())
addEventListener('drop', event => {
  event.preventDefault()
  const file = event.dataTransfer?.files[0]
  if (file) void openFile(file)
})

announceWhenStanding()
addEventListener('hashchange', openAddress)
openAddress()
render(<App />, document.getElementById('app')!)
