import { formatCount, Segments } from '@gankit/page-kit'
import type { JSX } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import { text } from '../../state/language.ts'
import { Fault } from '../fault.tsx'
import { PictureCanvas } from '../picture-canvas.tsx'
import type { ExampleKind, LabelShare, OpenedGenerator, Pixels } from '../protocol.ts'
import { saveBeside, savePicture } from '../save.ts'
import { Starts } from '../starts.tsx'
import { type Chosen, findLimits, type Scale, type Translated, translateChosen } from './translate-chosen.ts'

interface Props {
  readonly app: string
  readonly generator: string
  readonly opened: OpenedGenerator | undefined
}

const scales: readonly Scale[] = ['own', 'trained']

function exampleKindOf(app: string, generator: string): ExampleKind {
  if (app === 'super-resolution') return 'low'
  return generator === 'paintings-to-photos' ? 'painted' : 'picture'
}

/** A picture of any size, and beside it what the generator makes of it. */
export function PicturePanel({ app, generator, opened }: Props): JSX.Element {
  const words = text.value.generators
  const [chosen, setChosen] = useState<Chosen | undefined>(undefined)
  // A segmenter knows parts of faces by their place, and finds none in a piece of one.
  const [scale, setScale] = useState<Scale>(app === 'segmentation' ? 'trained' : 'own')
  const [shown, setShown] = useState<Translated>({})
  const [progress, setProgress] = useState<readonly [number, number] | undefined>(undefined)
  const [failure, setFailure] = useState('')
  const work = useRef(new AbortController())

  useEffect(() => {
    work.current.abort()
    if (!chosen || !opened) return
    work.current = new AbortController()
    const { signal } = work.current
    setProgress([0, 1])
    setFailure('')
    void translateChosen(chosen, opened, scale, app === 'segmentation', {
      signal,
      // What was made of another picture stays for the moment that one tile takes, and goes where there are more.
      show: translated => setShown(before => ({ ...before, ...translated })),
      onProgress: (done, total) => {
        setProgress([done, total])
        setShown(({ given }) => (given ? { given } : {}))
      },
      fail: why => setFailure(why),
    }).finally(() => {
      if (work.current.signal === signal) setProgress(undefined)
    })
    return () => work.current.abort()
  }, [chosen, opened, scale])

  const { given, made, labels = [] } = shown
  const limits = opened && findLimits(opened)
  const sizeOf = ({ width, height }: Pixels) => words.pictures.size(formatCount(width), formatCount(height))
  const madeName = words.pictures.made[app] ?? app
  return (
    <>
      <Fault line={failure} />
      {chosen && 'file' in chosen && limits && !failure ? (
        <Segments
          label={words.pictures.scale}
          value={scale}
          options={scales}
          name={each =>
            each === 'own' ? words.pictures.own : words.pictures.trained(formatCount(limits.side))
          }
          onChange={each => setScale(each)}
        />
      ) : null}
      <div class="pair pictures" inert={!opened}>
        <section>
          <h2>
            {words.pictures.given} <small>{given ? sizeOf(given.pixels) : ''}</small>
          </h2>
          <div class="frame">
            <PictureCanvas pixels={given?.pixels} label={words.pictures.given} />
          </div>
          {given?.reducedFrom ? (
            <p class="note">
              {words.pictures.reduced(
                words.pictures.size(formatCount(given.reducedFrom[0]), formatCount(given.reducedFrom[1])),
                sizeOf(given.pixels),
              )}
            </p>
          ) : null}
        </section>
        <section>
          <h2>
            {madeName} <small>{made ? sizeOf(made) : ''}</small>
            <output class="time">
              {progress && progress[1] > 1
                ? words.pictures.translating(formatCount(progress[0]), formatCount(progress[1]))
                : ''}
            </output>
          </h2>
          <div class={progress ? 'frame waiting' : 'frame'}>
            <PictureCanvas
              pixels={made}
              shape={given?.pixels}
              label={madeName}
              busy={progress !== undefined}
              isSharp={labels.length > 0}
            />
          </div>
          <div class="tools">
            <button
              type="button"
              class="main"
              disabled={!made || progress !== undefined}
              onClick={() => made && void savePicture(made, `${app}-picture`)}
            >
              {words.save.picture}
            </button>
            <button
              type="button"
              disabled={!made || !given || progress !== undefined}
              onClick={() => made && given && void saveBeside([given.pixels, made], `${app}-both`)}
            >
              {words.save.both}
            </button>
            {progress && progress[1] > 1 ? (
              <button type="button" onClick={() => work.current.abort()}>
                {words.pictures.stop}
              </button>
            ) : null}
          </div>
          <Legend labels={labels} />
        </section>
      </div>
      <Starts
        key={generator}
        kind={exampleKindOf(app, generator)}
        onExample={(pixels, isFirst) => {
          if (!isFirst || !chosen) setChosen({ pixels })
        }}
        onFile={file => setChosen({ file })}
      />
    </>
  )
}

function Legend({ labels }: { readonly labels: readonly LabelShare[] }): JSX.Element | null {
  const { pictures, names } = text.value.generators
  if (labels.length === 0) return null
  const percent = (share: number) => (share < 0.001 ? '< 0.1' : (100 * share).toFixed(1))
  return (
    <section class="legend">
      <h3>{pictures.legend}</h3>
      <ul>
        {[...labels]
          .sort((a, b) => b.share - a.share)
          .map(({ name, color, share }) => (
            <li key={name}>
              <i class="patch" style={{ background: `rgb(${color.join(', ')})` }} />
              {names.labels[name] ?? name} <small>{percent(share)}%</small>
            </li>
          ))}
      </ul>
    </section>
  )
}
