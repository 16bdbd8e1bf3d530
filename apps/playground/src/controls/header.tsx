import type { JSX } from 'preact'
import { languages } from '../settings/url-state.ts'
import { chooseData, chooseScene, onLine, setLanguage, state, text } from '../state/page-state.ts'
import { theme, themes } from '../state/theme.ts'
import { preferredLanguage } from '../text/text.ts'

type Tab = 'plane' | 'line' | 'bilinear' | 'rock-paper-scissors'

const tabs: readonly Tab[] = ['plane', 'line', 'bilinear', 'rock-paper-scissors']
const languageNames = { en: 'English', zh: '中文' } as const

/** The page's name, what is played, language and colors. */
export function Header(): JSX.Element {
  const words = text.value
  const { scene, language } = state.value
  const current: Tab = scene === 'game' ? (onLine.value ? 'line' : 'plane') : scene
  const choose = (tab: Tab) => {
    if (tab === current) return
    if (tab === 'plane' || tab === 'line') {
      const wasOnLine = onLine.value
      if (wasOnLine !== (tab === 'line')) chooseData(tab === 'line' ? 'two-normals' : 'ring')
      else chooseScene('game')
    } else chooseScene(tab)
  }
  return (
    <header class="header">
      <h1>{words.title}</h1>
      <nav aria-label={words.scenes.label}>
        {tabs.map(tab => (
          <button
            key={tab}
            type="button"
            aria-current={tab === current ? 'page' : undefined}
            onClick={() => choose(tab)}
          >
            {words.scenes[tab]}
          </button>
        ))}
      </nav>
      <div class="choices">
        <select
          aria-label={`${words.language} / Language`}
          value={language ?? preferredLanguage(navigator.languages)}
          onChange={({ currentTarget }) => setLanguage(languages.find(each => each === currentTarget.value))}
        >
          {languages.map(each => (
            <option key={each} value={each} lang={each}>
              {languageNames[each]}
            </option>
          ))}
        </select>
        <select
          aria-label={words.theme.label}
          value={theme.value}
          onChange={({ currentTarget }) => {
            theme.value = themes.find(each => each === currentTarget.value) ?? 'system'
          }}
        >
          {themes.map(each => (
            <option key={each} value={each}>
              {words.theme[each]}
            </option>
          ))}
        </select>
      </div>
    </header>
  )
}
