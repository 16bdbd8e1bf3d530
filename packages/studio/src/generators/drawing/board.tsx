import type { JSX } from 'preact'
import { useRef, useState } from 'preact/hooks'
import { text } from '../../state/language.ts'
import { PictureCanvas } from '../picture-canvas.tsx'
import type { Place, Sheet } from './sheet.ts'
import type { Tools } from './tools.ts'

/** The button of a pen's other end, as a bit of `buttons`. */
const penEraser = 32

interface Ring {
  readonly at: Place
  readonly radius: number
}

interface Props {
  readonly sheet: Sheet
  readonly tools: Tools
}

/** The sheet, which one draws on with mouse, finger, pen and keys, and a ring where the brush is. */
export function Board({ sheet, tools }: Props): JSX.Element {
  const { width, height } = sheet
  const [ring, setRing] = useState<Ring | undefined>(undefined)
  const pen = useRef({ isEraser: false })
  /** Where keys have moved the brush. */
  const brush = useRef<Place>([Math.floor(width / 2) + 0.5, Math.floor(height / 2) + 0.5])

  const eraser = () => pen.current.isEraser || undefined
  const placesOf = (event: PointerEvent, parts: readonly PointerEvent[] = [event]): Place[] => {
    const box = (event.currentTarget as HTMLElement).getBoundingClientRect()
    return parts.map(({ clientX, clientY }) => [
      ((clientX - box.left) / box.width) * width,
      ((clientY - box.top) / box.height) * height,
    ])
  }
  const showRing = (at: Place) => setRing({ at, radius: Math.max(0.5, tools.radius(eraser())) })
  const drawTo = (place: Place, event?: PointerEvent) => {
    // Half a pen's force gives the chosen width.
    const force = event?.pointerType === 'pen' && event.pressure > 0 ? 0.5 + event.pressure : 1
    sheet.extend(place, tools.radius(eraser()) * force, tools.color(eraser()))
  }

  const press = (event: PointerEvent) => {
    pen.current.isEraser = (event.buttons & penEraser) !== 0
    if (!event.isPrimary || (event.button !== 0 && !pen.current.isEraser)) return
    const [place] = placesOf(event) as [Place]
    if (tools.tool.value === 'fill') return sheet.fill(place, tools.color())
    ;(event.currentTarget as HTMLElement).setPointerCapture(event.pointerId)
    sheet.begin(place)
    drawTo(place, event)
  }
  const move = (event: PointerEvent) => {
    if (!event.isPrimary) return
    if (event.pointerType === 'touch') setRing(undefined)
    else showRing(placesOf(event)[0]!)
    if (!(event.currentTarget as HTMLElement).hasPointerCapture(event.pointerId)) return
    const coalesced = event.getCoalescedEvents?.() ?? []
    const parts = coalesced.length > 0 ? coalesced : [event]
    for (const [i, place] of placesOf(event, parts).entries()) drawTo(place, parts[i])
  }
  const lift = (event: PointerEvent) => {
    if (event.isPrimary) sheet.end()
  }
  const pressKey = (event: KeyboardEvent) => {
    const unit = Math.max(1, Math.round(Math.min(height, width) / 64))
    const ways: Readonly<Record<string, Place>> = {
      ArrowLeft: [-1, 0],
      ArrowRight: [1, 0],
      ArrowUp: [0, -1],
      ArrowDown: [0, 1],
    }
    const way = ways[event.key]
    const at = brush.current
    if (way) {
      const step = event.shiftKey ? 4 * unit : unit
      const inside = (value: number, length: number) => Math.min(length - 0.5, Math.max(0.5, value))
      brush.current = [inside(at[0] + step * way[0], width), inside(at[1] + step * way[1], height)]
      drawTo(brush.current)
    } else if (event.key === ' ' || event.key === 'Enter') {
      if (tools.tool.value === 'fill') sheet.fill(at, tools.color())
      else if (sheet.isDrawing) sheet.end()
      else {
        sheet.begin(at)
        drawTo(at)
      }
    } else return
    event.preventDefault()
    showRing(brush.current)
  }
  return (
    <div
      class="sheet"
      role="application"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: keys draw here
      tabIndex={0}
      aria-label={text.value.generators.drawing.sheet}
      onPointerDown={press}
      onPointerMove={move}
      onPointerUp={lift}
      onPointerCancel={lift}
      onPointerLeave={() => setRing(undefined)}
      onKeyDown={pressKey}
      onBlur={() => {
        setRing(undefined)
        sheet.end()
      }}
    >
      <PictureCanvas pixels={sheet.pixels.value} />
      {ring ? (
        <div
          class="ring"
          style={{
            left: `${(100 * (ring.at[0] - ring.radius)) / width}%`,
            top: `${(100 * (ring.at[1] - ring.radius)) / height}%`,
            width: `${(200 * ring.radius) / width}%`,
            height: `${(200 * ring.radius) / height}%`,
          }}
        />
      ) : null}
    </div>
  )
}
