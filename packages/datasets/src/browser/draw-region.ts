import type { ImageSettings, Region } from '../image-options.ts'

interface Size {
  readonly width: number
  readonly height: number
}

/**
 * Draws a part of a picture on the background, halved again and again while it is at least twice as large as a sample:
 * the canvas averages 2×2 pixels well in every browser, and what is left to resize is small.
 * @returns RGBA, opaque; with `resize: 'nearest'` of the sample's size
 */
export function drawRegion(
  bitmap: ImageBitmap,
  { left, top, width, height }: Region,
  settings: ImageSettings,
): ImageData {
  const nearest = settings.resize === 'nearest'
  const size = nearest ? settings : halved({ width, height }, settings)
  let drawn = canvasOf(size, !nearest)
  drawn.fillStyle = `rgb(${settings.background})`
  drawn.fillRect(0, 0, size.width, size.height)
  drawn.drawImage(bitmap, left, top, width, height, 0, 0, size.width, size.height)
  while (!nearest) {
    const from = drawn.canvas
    const next = halved(from, settings)
    if (next.width === from.width && next.height === from.height) break
    drawn = canvasOf(next, true)
    drawn.drawImage(from, 0, 0, next.width, next.height)
    // Its memory goes now, not when it is collected.
    from.width = from.height = 0
  }
  return drawn.getImageData(0, 0, drawn.canvas.width, drawn.canvas.height)
}

function halved({ width, height }: Size, sample: Size): Size {
  const half = (length: number, enough: number) => (length >= 4 * enough ? length >> 1 : length)
  return { width: half(width, sample.width), height: half(height, sample.height) }
}

function canvasOf({ width, height }: Size, smooth: boolean): OffscreenCanvasRenderingContext2D {
  // Such a canvas is drawn by the processor: read back at once, and alike on every machine.
  const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true })!
  context.imageSmoothingEnabled = smooth
  return context
}
