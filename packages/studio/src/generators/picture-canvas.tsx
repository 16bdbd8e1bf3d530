import type { JSX } from 'preact'
import { useLayoutEffect, useRef } from 'preact/hooks'
import type { Pixels } from './protocol.ts'

interface Props {
  readonly pixels: Pixels | undefined
  /** What a screen reader says of it; without it the canvas is decoration of what holds it. */
  readonly label?: string
  readonly busy?: boolean
  /** Its sides while there are no pixels. */
  readonly shape?: Pick<Pixels, 'width' | 'height'> | undefined
  /** Whether pixels are seen as squares, however many there are. */
  readonly isSharp?: boolean
}

const square = { width: 64, height: 64 }
/** Of pictures with shorter sides, smoothing would leave a blur. */
const coarseSide = 48

/** Pixels as they are; CSS gives the size at which they are shown. */
export function PictureCanvas({ pixels, label, busy, isSharp, shape = square }: Props): JSX.Element {
  const canvas = useRef<HTMLCanvasElement>(null)
  useLayoutEffect(() => {
    const { current } = canvas
    if (pixels) paintPixels(current!, pixels)
    // Setting a canvas's width empties it.
    else if (current) Object.assign(current, shape)
  }, [pixels])
  return (
    <canvas
      ref={canvas}
      {...(label === undefined ? { 'aria-hidden': true } : { role: 'img', 'aria-label': label })}
      {...(busy !== undefined && { 'aria-busy': busy })}
      class={isSharp || (pixels && pixels.width < coarseSide) ? 'coarse' : undefined}
    />
  )
}

export function paintPixels(canvas: HTMLCanvasElement | OffscreenCanvas, pixels: Pixels): void {
  const { width, height, data } = pixels
  if (canvas.width !== width || canvas.height !== height) {
    canvas.width = width
    canvas.height = height
  }
  const context = canvas.getContext('2d') as CanvasRenderingContext2D | null
  context?.putImageData(new ImageData(data, width, height), 0, 0)
}
