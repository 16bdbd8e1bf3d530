import { type Palette, palette } from '@gankit/page-kit'
import type { JSX } from 'preact'
import { useEffect, useId, useRef, useState } from 'preact/hooks'

/** A place in the area: shares of its width from the left and of its height from below. */
export interface Place {
  readonly x: number
  readonly y: number
}

interface Cell {
  readonly column: number
  readonly row: number
}

interface Props {
  readonly label: string
  readonly hint: string
  readonly aspect: number
  readonly grid: { readonly across: number; readonly down: number }
  draw(context: CanvasRenderingContext2D, size: { width: number; height: number }, palette: Palette): void
  onStroke(from: Place, to: Place): void
  /** The pointer was lifted. */
  onEnd(): void
  /** Handles a key at the marked cell. @returns what a screen reader is told; undefined for keys that do nothing */
  onKey(key: string, cell: Cell): string | undefined
  describe(cell: Cell): string
  /** Whether arrows up and down move the mark, rather than change what is drawn. */
  readonly keepsRow: boolean
}

/** An area to draw in with a mouse, a finger, a pen, or keys that move a mark. */
export function DrawingArea(props: Props): JSX.Element {
  const { label, hint, aspect, grid, draw } = props
  const id = useId()
  const canvas = useRef<HTMLCanvasElement>(null)
  const last = useRef<Place | undefined>(undefined)
  const [mark, setMark] = useState<Cell>({ column: grid.across >> 1, row: grid.down >> 1 })
  const [isFocused, setFocused] = useState(false)
  const [said, setSaid] = useState('')
  const colors = palette.value
  const paint = () => {
    const element = canvas.current
    const context = element?.getContext('2d')
    if (!element || !context) return
    const { clientWidth: width, clientHeight: height } = element
    const scale = window.devicePixelRatio || 1
    element.width = Math.round(width * scale)
    element.height = Math.round(height * scale)
    context.setTransform(scale, 0, 0, scale, 0, 0)
    draw(context, { width, height }, colors)
    if (!isFocused) return
    context.strokeStyle = colors.discriminator
    context.lineWidth = 2
    const [across, down] = [width / grid.across, height / grid.down]
    if (props.keepsRow) context.strokeRect(mark.column * across, height - (mark.row + 1) * down, across, down)
    else context.strokeRect(mark.column * across, 1, across, height - 2)
  }
  useEffect(() => {
    paint()
    const observer = new ResizeObserver(paint)
    observer.observe(canvas.current!)
    return () => observer.disconnect()
  })
  const placeOf = (event: PointerEvent): Place => {
    const { left, top, width, height } = canvas.current!.getBoundingClientRect()
    return { x: (event.clientX - left) / width, y: 1 - (event.clientY - top) / height }
  }
  const moveMark = (key: string): boolean => {
    const across = key === 'ArrowLeft' ? -1 : key === 'ArrowRight' ? 1 : 0
    const up = !props.keepsRow ? 0 : key === 'ArrowUp' ? 1 : key === 'ArrowDown' ? -1 : 0
    if (across === 0 && up === 0) return false
    const next = {
      column: Math.min(grid.across - 1, Math.max(0, mark.column + across)),
      row: Math.min(grid.down - 1, Math.max(0, mark.row + up)),
    }
    setMark(next)
    setSaid(props.describe(next))
    return true
  }
  return (
    <div class="drawing-area">
      {/* biome-ignore lint/a11y/noInteractiveElementToNoninteractiveRole: keys draw here, as a screen reader has to know */}
      <canvas
        ref={canvas}
        tabIndex={0}
        role="application"
        aria-label={label}
        aria-describedby={`${id}-hint`}
        style={{ aspectRatio: String(aspect) }}
        onFocus={() => setFocused(canvas.current!.matches(':focus-visible'))}
        onBlur={() => setFocused(false)}
        onPointerDown={event => {
          canvas.current!.setPointerCapture(event.pointerId)
          last.current = placeOf(event)
          props.onStroke(last.current, last.current)
          paint()
        }}
        onPointerMove={event => {
          if (!last.current) return
          const next = placeOf(event)
          props.onStroke(last.current, next)
          last.current = next
          paint()
        }}
        onPointerUp={() => {
          if (last.current) props.onEnd()
          last.current = undefined
        }}
        onPointerCancel={() => {
          last.current = undefined
        }}
        onKeyDown={event => {
          setFocused(true)
          const answer = props.onKey(event.key, mark)
          if (answer !== undefined) setSaid(answer)
          if (answer !== undefined || moveMark(event.key)) event.preventDefault()
        }}
      />
      <p id={`${id}-hint`} class="hint">
        {hint}
      </p>
      <p class="visually-hidden" aria-live="polite">
        {said}
      </p>
    </div>
  )
}
