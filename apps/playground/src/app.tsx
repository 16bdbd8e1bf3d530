import type { JSX } from 'preact'
import { FileReport } from './controls/file-picker.tsx'
import { Header } from './controls/header.tsx'
import { SettingsPanel } from './controls/settings-panel.tsx'
import { LinkAndEnd, Transport } from './controls/transport.tsx'
import { PanelToggles, ViewToggles } from './controls/view-toggles.tsx'
import { CurrentQuestion, Questions } from './experiments/questions.tsx'
import { announcement, game, onLine, state, text } from './state/page-state.ts'
import { Charts } from './views/charts.tsx'
import { LineFigure } from './views/line-figure.tsx'
import { Notices } from './views/notices.tsx'
import { Numbers } from './views/numbers.tsx'
import { Placeholder } from './views/placeholder.tsx'
import { PlaneFigure } from './views/plane-figure.tsx'
import { FigureBox } from './views/readout.tsx'
import { Scheme } from './views/scheme/scheme.tsx'
import { ZeroSumScene } from './zero-sum/scene.tsx'

/** The page. */
export function App(): JSX.Element {
  const words = text.value
  const { scene, views } = state.value
  return (
    <>
      <button type="button" class="skip" onClick={() => document.getElementById('figure')?.focus()}>
        {words.skip}
      </button>
      <Header />
      <Notices />
      {scene !== 'game' ? (
        <ZeroSumScene />
      ) : (
        <div class="game">
          <main id="figure" tabIndex={-1} class="stage">
            <CurrentQuestion />
            <Transport />
            <FigureBox>
              <Placeholder />
              {onLine.value ? <LineFigure /> : <PlaneFigure />}
            </FigureBox>
            <ViewToggles />
            {game.value.data.startsWith('file') ? null : <FileReport />}
            <LinkAndEnd />
          </main>
          <section class="aside" aria-label={words.sections.panels}>
            {views.scheme ? <Scheme /> : null}
            <Numbers />
            <Charts />
            <PanelToggles />
          </section>
          <section class="controls" aria-label={words.sections.settings}>
            <Questions />
            <SettingsPanel />
          </section>
        </div>
      )}
      <p class="visually-hidden" aria-live="polite" id="announcement">
        {announcement.value}
      </p>
    </>
  )
}
