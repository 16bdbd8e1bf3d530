import { formatCount } from '@gankit/page-kit'
import { effect } from '@preact/signals'
import type { JSX } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import { text } from '../../state/language.ts'
import { callWorker } from '../client.ts'
import { type Point, walkCorners } from '../latents.ts'
import { PictureCanvas } from '../picture-canvas.tsx'
import type { Pixels } from '../protocol.ts'
import { saveFile, savePicture } from '../save.ts'
import { type NoiseState, squareSide } from './state.ts'

interface Props {
  readonly app: string
  readonly state: NoiseState
}

/** Frames of the walk along one side. */
const framesOfSide = 12
/** About how many pixels a side of the GIF has. */
const gifSide = 256
/** What an arrow key moves the point by, as a share of the side. */
const keyStep = 0.02

/** Four pictures at the corners of a square, the pictures between them, and a point that is dragged over it. */
export function Square({ app, state }: Props): JSX.Element {
  const words = text.value.generators
  const pixels = state.blended.value
  return (
    <section class="between">
      <h2>{words.noise.corners}</h2>
      <p class="note">{words.noise.cornersHint}</p>
      <div class="between-parts">
        <Field state={state} />
        <div class="frame">
          <PictureCanvas pixels={pixels} label={words.noise.blended} />
        </div>
      </div>
      <div class="tools">
        <button type="button" disabled={!pixels} onClick={() => state.change(state.blendedInput)}>
          {words.noise.chooseBlended}
        </button>
        <button
          type="button"
          disabled={!pixels}
          onClick={() => pixels && void savePicture(pixels, `${app}-between`)}
        >
          {words.save.picture}
        </button>
        <WalkButton app={app} state={state} />
        <button type="button" disabled={!pixels} onClick={() => state.takeOtherCorners()}>
          {words.noise.others}
        </button>
      </div>
    </section>
  )
}

function Field({ state }: Pick<Props, 'state'>): JSX.Element {
  const words = text.value.generators.noise
  const [x, y] = state.point.value
  const percent = (share: number) => formatCount(Math.round(100 * share))

  const pointTo = (event: PointerEvent) => {
    const box = (event.currentTarget as HTMLElement).getBoundingClientRect()
    // The middles of the corners' pictures are the ends.
    const margin = box.width / squareSide / 2
    const place = (at: number, from: number, length: number) => (at - from - margin) / (length - 2 * margin)
    state.movePoint([place(event.clientX, box.left, box.width), place(event.clientY, box.top, box.height)])
  }
  const press = (event: PointerEvent) => {
    if (!event.isPrimary || event.button !== 0) return
    const field = event.currentTarget as HTMLElement
    field.setPointerCapture(event.pointerId)
    field.querySelector<HTMLElement>('.point')?.focus({ preventScroll: true })
    event.preventDefault()
    pointTo(event)
  }
  const move = (event: PointerEvent) => {
    if ((event.currentTarget as HTMLElement).hasPointerCapture(event.pointerId)) pointTo(event)
  }
  const step = (event: KeyboardEvent) => {
    const ways: Readonly<Record<string, Point>> = {
      ArrowLeft: [-1, 0],
      ArrowRight: [1, 0],
      ArrowUp: [0, -1],
      ArrowDown: [0, 1],
    }
    const way = ways[event.key]
    if (!way) return
    event.preventDefault()
    const length = event.shiftKey ? 5 * keyStep : keyStep
    state.movePoint([x + length * way[0], y + length * way[1]])
  }
  const place = (share: number) => `${(100 * (0.5 + share * (squareSide - 1))) / squareSide}%`
  return (
    <div class="field-between" onPointerDown={press} onPointerMove={move}>
      <Mosaic state={state} />
      <div
        class="point"
        role="slider"
        tabIndex={0}
        aria-label={words.point}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.round(100 * x)}
        aria-valuetext={words.pointAt(percent(x), percent(y))}
        style={{ left: place(x), top: place(y) }}
        onKeyDown={step}
      />
    </div>
  )
}

/** The pictures of the square as one, each of them drawn when it is there. */
function Mosaic({ state }: Pick<Props, 'state'>): JSX.Element {
  const canvas = useRef<HTMLCanvasElement>(null)
  useEffect(() => {
    const ends = state.square.map(({ pixels }, i) =>
      effect(() => {
        const picture = pixels.value
        if (picture) paintTile(canvas.current!, picture, i)
      }),
    )
    return () => {
      for (const end of ends) end()
    }
  }, [state])
  return (
    <div class="mosaic" aria-hidden="true">
      <canvas ref={canvas} width={1} height={1} />
      <i />
      <i />
      <i />
      <i />
    </div>
  )
}

function paintTile(canvas: HTMLCanvasElement, { width, height, data }: Pixels, i: number): void {
  const [across, down] = [squareSide * width, squareSide * height]
  // Setting its sides empties a canvas.
  if (canvas.width !== across || canvas.height !== down)
    Object.assign(canvas, { width: across, height: down })
  const [x, y] = [(i % squareSide) * width, Math.floor(i / squareSide) * height]
  canvas.getContext('2d')?.putImageData(new ImageData(data, width, height), x, y)
}

function WalkButton({ app, state }: Props): JSX.Element {
  const words = text.value.generators.noise
  const [progress, setProgress] = useState<readonly [number, number] | undefined>(undefined)
  const save = async () => {
    const { name, description } = state.opened.value!
    const inputs = walkCorners(state.latent, state.corners.value!, framesOfSide)
    setProgress([0, inputs.length])
    try {
      const scale = Math.max(1, Math.round(gifSide / description.sampleShape[0]!))
      const onProgress = (done: number, total: number) => setProgress([done, total])
      const gif = await callWorker('animate', { name, inputs, scale }, { onProgress })
      saveFile(new Blob([gif], { type: 'image/gif' }), `${app}-walk.gif`)
    } catch (error) {
      state.failure.value = (error as Error).message
    } finally {
      setProgress(undefined)
    }
  }
  return (
    <button type="button" disabled={!state.corners.value || progress !== undefined} onClick={save}>
      {progress ? words.gifProgress(formatCount(progress[0]), formatCount(progress[1])) : words.gif}
    </button>
  )
}
