import type { ImageCondition } from '@gankit/core'
import { makeGray, snapToColors } from '@gankit/inference/page/drawing/pixels.js'
import { formatCount } from '@gankit/page-kit'
import type { JSX } from 'preact'
import { useEffect, useMemo, useState } from 'preact/hooks'
import { text } from '../../state/language.ts'
import { callWorker, takeLatest } from '../client.ts'
import { Fault } from '../fault.tsx'
import { PictureCanvas } from '../picture-canvas.tsx'
import type { LabelShare, OpenedGenerator, Pixels } from '../protocol.ts'
import { saveBeside, savePicture } from '../save.ts'
import { Starts } from '../starts.tsx'
import { Board } from './board.tsx'
import { Sheet } from './sheet.ts'
import { Toolbar } from './toolbar.tsx'
import { type DrawingKind, Tools } from './tools.ts'

interface Props {
  readonly app: string
  readonly kind: DrawingKind
  readonly opened: OpenedGenerator | undefined
}

interface Made {
  readonly pixels: Pixels
  readonly of: Drawn
  readonly milliseconds: number
}

type Labels = readonly Omit<LabelShare, 'share'>[]

/** Pixels of a sheet's side before the generator has said how many it takes. */
const usualSide = 64

/** A sheet to draw on, and beside it what the generator makes of the drawing. */
export function DrawingPanel({ app, kind, opened }: Props): JSX.Element {
  const words = text.value.generators
  const condition = opened?.description.condition as ImageCondition | undefined
  const [height, width] = condition?.shape ?? [usualSide, usualSide]
  const sheet = useMemo(() => new Sheet(width, height, kind === 'lines'), [kind, width, height])
  const tools = useMemo(() => new Tools(kind, Math.min(width, height)), [kind, width, height])
  const labels = useLabels(kind, tools)
  const [seed, setSeed] = useState(0)
  const [failure, setFailure] = useState('')
  const [made, setMade] = useState<Made | undefined>(undefined)
  const drawing = sheet.pixels.value
  const update = useMemo(
    () => takeLatest(makePicture(setMade, why => setFailure(text.value.generators.notDrawn(why)))),
    [kind],
  )
  useEffect(() => {
    if (opened) update({ opened, pixels: drawing, seed })
  }, [opened, drawing, seed])

  const openFile = async (file: File) => {
    try {
      const { pixels } = await callWorker('openPicture', { file, fit: { cover: [width, height] } })
      if (kind === 'lines') makeGray(pixels.data)
      else snapToColors(pixels.data, colorsOf(await callWorker('listLabels', {})))
      sheet.replace(pixels)
      setFailure('')
    } catch {
      setFailure(words.starts.noPicture(file.name || words.starts.pasted))
    }
  }
  const result = made?.pixels
  const isBusy = made?.of.pixels !== drawing || made.of.seed !== seed
  return (
    <>
      <Fault line={failure} />
      <div class="pair drawing" inert={!opened}>
        <section>
          <h2>{words.drawing[kind]}</h2>
          <div class="frame">
            <Board sheet={sheet} tools={tools} />
          </div>
          <Toolbar sheet={sheet} tools={tools} labels={labels} />
        </section>
        <section>
          <h2>
            {words.drawing.made}
            <output class="time">
              {made ? words.drawing.time(formatCount(Math.round(made.milliseconds))) : ''}
            </output>
          </h2>
          <div class="frame">
            <PictureCanvas pixels={result} label={words.drawing.made} busy={isBusy} />
          </div>
          <div class="tools">
            <button
              type="button"
              class="main"
              disabled={!result}
              onClick={() => result && void savePicture(result, `${app}-picture`)}
            >
              {words.save.picture}
            </button>
            <button type="button" onClick={() => void savePicture(drawing, `${app}-drawing`)}>
              {words.save.drawing}
            </button>
            <button
              type="button"
              disabled={!result}
              onClick={() => result && void saveBeside([drawing, result], `${app}-both`)}
            >
              {words.save.both}
            </button>
            {opened?.description.noise ? (
              <button type="button" onClick={() => setSeed(seed + 1)}>
                {words.drawing.another}
              </button>
            ) : null}
          </div>
        </section>
      </div>
      <Starts
        key={kind}
        kind={kind === 'lines' ? 'edges' : 'labels'}
        onExample={(pixels, isFirst) => {
          // What somebody drew meanwhile stays.
          if (!isFirst || (sheet.isBlank && !sheet.isDrawing && !sheet.canUndo.value)) sheet.replace(pixels)
        }}
        onFile={openFile}
      />
    </>
  )
}

/** The labels to paint with; the second one is chosen at first, since the sheet is covered with the first. */
function useLabels(kind: DrawingKind, tools: Tools): Labels {
  const [labels, setLabels] = useState<Labels>([])
  useEffect(() => {
    if (kind !== 'labels') return
    callWorker('listLabels', {}).then(
      all => {
        setLabels(all)
        tools.label.value = all[1]!.color
      },
      // Examples come from the same place, and say what is wrong.
      () => {},
    )
  }, [kind, tools])
  return labels
}

const colorsOf = (labels: Labels): [number, number, number][] => labels.map(({ color }) => [...color])

interface Drawn {
  readonly opened: OpenedGenerator
  readonly pixels: Pixels
  readonly seed: number
}

function makePicture(show: (made: Made) => void, fail: (why: string) => void) {
  return async (drawn: Drawn): Promise<void> => {
    const { opened, pixels, seed } = drawn
    try {
      const start = performance.now()
      const { pixels: result } = await callWorker('translate', { name: opened.name, pixels, seed })
      show({ pixels: result, of: drawn, milliseconds: performance.now() - start })
    } catch (error) {
      fail((error as Error).message)
    }
  }
}
