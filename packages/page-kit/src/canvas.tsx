import type { JSX } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import { type Palette, palette } from './theme.ts'

/** Draws a picture of so many CSS pixels. */
export type Draw = (context: CanvasRenderingContext2D, size: Size, palette: Palette) => void

export interface Size {
  readonly width: number
  readonly height: number
}

interface Props {
  readonly draw: Draw
  /** What a screen reader says of the picture. Default: nothing, where what stands around it says it. */
  readonly label?: string
  /** Width divided by height. */
  readonly aspect: number
}

/** A picture that is as sharp as the screen, and drawn anew when it, its size or the colors change. */
export function Canvas({ draw, label, aspect }: Props): JSX.Element {
  const canvas = useRef<HTMLCanvasElement>(null)
  const latest = useRef(draw)
  latest.current = draw
  const colors = palette.value
  const paint = useRef(() => {})
  paint.current = () => {
    const { current } = canvas
    const context = current?.getContext('2d')
    if (!current || !context) return
    const { clientWidth: width, clientHeight: height } = current
    const scale = window.devicePixelRatio || 1
    const [across, down] = [Math.round(width * scale), Math.round(height * scale)]
    if (across === 0 || down === 0) return
    if (current.width !== across || current.height !== down) {
      current.width = across
      current.height = down
    }
    context.setTransform(scale, 0, 0, scale, 0, 0)
    context.clearRect(0, 0, width, height)
    latest.current(context, { width, height }, colors)
  }
  useEffect(() => {
    const observer = new ResizeObserver(() => paint.current())
    observer.observe(canvas.current!)
    return () => observer.disconnect()
  }, [])
  useEffect(() => paint.current(), [draw, colors])
  return (
    <canvas
      ref={canvas}
      class="picture"
      {...(label === undefined ? { 'aria-hidden': true } : { role: 'img', 'aria-label': label })}
      style={{ aspectRatio: String(aspect) }}
    />
  )
}

/** Straight lines from point to point. */
export function strokeLine(
  context: CanvasRenderingContext2D,
  points: Iterable<readonly [number, number]>,
): void {
  context.beginPath()
  let isFirst = true
  for (const [x, y] of points) {
    if (isFirst) context.moveTo(x, y)
    else context.lineTo(x, y)
    isFirst = false
  }
  context.stroke()
}

/** An arrow from a point by a way of at most so many pixels. */
export function strokeArrow(
  context: CanvasRenderingContext2D,
  [x, y]: readonly [number, number],
  [dx, dy]: readonly [number, number],
): void {
  const length = Math.hypot(dx, dy)
  if (!(length > 0.5)) return
  const head = Math.min(4, length / 2)
  const [ux, uy] = [dx / length, dy / length]
  const [tipX, tipY] = [x + dx, y + dy]
  context.beginPath()
  context.moveTo(x, y)
  context.lineTo(tipX, tipY)
  context.moveTo(tipX - head * (ux + 0.6 * uy), tipY - head * (uy - 0.6 * ux))
  context.lineTo(tipX, tipY)
  context.lineTo(tipX - head * (ux - 0.6 * uy), tipY - head * (uy + 0.6 * ux))
  context.stroke()
}
