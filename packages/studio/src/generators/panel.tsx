import { Notice, Segments } from '@gankit/page-kit'
import type { JSX } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import type { CatalogApp } from '../apps/catalog.ts'
import { text } from '../state/language.ts'
import '../style/generators.css'
import '../style/noise.css'
import '../style/drawing.css'
import { GeneratorCard } from './card.tsx'
import { DrawingPanel } from './drawing/panel.tsx'
import { loadGenerator } from './load-generator.ts'
import { NoisePanel } from './noise/panel.tsx'
import { PicturePanel } from './pictures/panel.tsx'
import type { OpenedGenerator } from './protocol.ts'

interface Opening {
  readonly generator: string
  readonly opened?: OpenedGenerator
  readonly failure?: string
}

/** Draws with the generators that come with an app. */
export function GeneratorPanel({ app }: { readonly app: CatalogApp }): JSX.Element {
  const words = text.value.generators
  const [generator, setGenerator] = useState(app.generators[0]!.name)
  const [attempt, setAttempt] = useState(0)
  const [opening, setOpening] = useState<Opening>({ generator })
  useEffect(() => {
    let isShown = true
    const show = (answer: Omit<Opening, 'generator'>) => {
      if (isShown) setOpening({ generator, ...answer })
    }
    show({})
    loadGenerator(app.name, generator).then(
      opened => show({ opened }),
      (error: Error) => show({ failure: error.message }),
    )
    return () => {
      isShown = false
    }
  }, [app.name, generator, attempt])

  // Of the generator that was shown before nothing is shown any more.
  const { opened, failure } = opening.generator === generator ? opening : {}
  return (
    <div class="draw">
      {app.generators.length > 1 ? (
        <Segments
          label={words.generator}
          value={generator}
          options={app.generators.map(({ name }) => name)}
          name={name => nameGenerator(app, name)}
          onChange={setGenerator}
        />
      ) : null}
      <div class="told" role="status">
        {failure ? (
          <Notice close={{ word: words.retry, act: () => setAttempt(attempt + 1) }}>
            {words.failed(failure)}
          </Notice>
        ) : null}
        {opened?.backend === 'cpu' ? <Notice>{words.slow}</Notice> : null}
        <span class="visually-hidden">{opened || failure ? '' : words.loading}</span>
      </div>
      <GeneratorWork app={app} generator={generator} opened={opened} />
      <GeneratorCard app={app.name} generator={generator} opened={opened} />
    </div>
  )
}

interface WorkProps {
  readonly app: CatalogApp
  readonly generator: string
  readonly opened: OpenedGenerator | undefined
}

function GeneratorWork({ app: { name, input }, generator, opened }: WorkProps): JSX.Element {
  if (input === 'noise') return <NoisePanel app={name} opened={opened} />
  if (input === 'pictures')
    return <PicturePanel key={generator} app={name} generator={generator} opened={opened} />
  const kind = generator === 'labels' ? 'labels' : 'lines'
  return <DrawingPanel key={kind} app={name} kind={kind} opened={opened} />
}

/** What a generator is called: by what it makes of what. */
function nameGenerator({ name, input }: CatalogApp, generator: string): string {
  const { generators } = text.value.generators.names
  if (generator !== 'default') return generators[generator] ?? generator
  return (
    generators[input === 'lines' ? 'lines' : name === 'style-transfer' ? 'photos-to-paintings' : ''] ??
    generator
  )
}
