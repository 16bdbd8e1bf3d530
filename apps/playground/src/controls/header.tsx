import { Choices, preferredLanguage } from '@gankit/page-kit'
import type { JSX } from 'preact'
import { chooseData, chooseScene, onLine, setLanguage, state, text } from '../state/page-state.ts'

type Tab = 'plane' | 'line' | 'bilinear' | 'rock-paper-scissors'

const tabs: readonly Tab[] = ['plane', 'line', 'bilinear', 'rock-paper-scissors']

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
      <Choices language={language ?? preferredLanguage(navigator.languages)} onLanguage={setLanguage} />
    </header>
  )
}
