import { useSignal } from '@preact/signals'
import type { JSX } from 'preact'
import { useEffect } from 'preact/hooks'
import type { CatalogApp } from '../apps/catalog.ts'
import { language, text } from '../state/language.ts'
import type { TrainingClient } from './client.ts'
import type { StoredRun } from './protocol.ts'
import { listRuns, removeRun } from './store.ts'

/** The runs of an app that this browser keeps. */
export function KeptRuns({
  app,
  client,
}: {
  readonly app: CatalogApp
  readonly client: TrainingClient
}): JSX.Element {
  const words = text.value.training
  const runs = useSignal<readonly StoredRun[]>([])
  const read = async () => {
    try {
      runs.value = (await listRuns()).filter(({ config }) => config.app === app.name)
    } catch (error) {
      client.unkept.value = (error as Error).message
    }
  }
  useEffect(() => void read(), [app.name])
  const locale = language.value === 'zh' ? 'zh-CN' : 'en'
  return (
    <section class="kept-runs">
      <h2>{words.kept}</h2>
      <p class="note">{runs.value.length === 0 ? words.none : words.keptAbout}</p>
      <ul>
        {runs.value.map(run => (
          <li key={run.id}>
            <span>
              {run.config.preset}, {words.seed} {run.config.seed}
            </span>
            <span class="note">
              {new Date(run.began).toLocaleString(locale, { dateStyle: 'medium', timeStyle: 'short' })}
            </span>
            <span class="acts">
              <button type="button" class="primary" onClick={() => void goOn(run)}>
                {words.goOn}
              </button>
              <button type="button" onClick={() => void client.open(run)}>
                {words.look}
              </button>
              <button
                type="button"
                onClick={async () => {
                  if (!confirm(words.removeSure)) return
                  await removeRun(run.id)
                  await read()
                }}
              >
                {words.remove}
              </button>
            </span>
          </li>
        ))}
      </ul>
    </section>
  )

  async function goOn(run: StoredRun): Promise<void> {
    if (!(await client.resume(run))) client.failure.value = words.another
  }
}
