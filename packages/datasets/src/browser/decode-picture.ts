import { type ImageSettings, maxPixels, type Region, regionOf } from '../images/image-options.ts'
import { isNamedPicture, refusedSize } from '../images/skipped-files.ts'
import { headBytes, readHead } from './picture-head.ts'
import { luminance, resample } from './resample.ts'

/** A sample's bytes [height, width, channels], or why there are none and whether that is a loss. */
export type Decoded = { readonly bytes: Uint8ClampedArray } | { readonly why: string; readonly lost: boolean }

/**
 * Has the platform decode a picture, upright as its EXIF orientation says, and makes a sample of it. Of an animation
 * the first picture is taken.
 */
export async function decodePicture(blob: Blob, name: string, settings: ImageSettings): Promise<Decoded> {
  const skip = (why: string, lost = true): Decoded => ({ why, lost })
  const refused = refusedSize(blob.size)
  if (refused) return skip(refused, isNamedPicture(name))
  const head = readHead(new Uint8Array(await blob.slice(0, headBytes).arrayBuffer()))
  if (!head) return skip('is no JPEG, PNG, WebP, GIF, AVIF or BMP', isNamedPicture(name))
  // Before it is decoded, or a few bytes could fill the memory.
  if (head.size && tooLarge(head.size)) return skip(tooMany(head.size))
  let bitmap: ImageBitmap
  try {
    bitmap = await createImageBitmap(blob, { imageOrientation: 'from-image' })
  } catch (error) {
    const { message } = error as Error
    return skip(`is a damaged ${head.format}, or one that this browser does not decode (${message})`)
  }
  try {
    if (tooLarge(bitmap)) return skip(tooMany(bitmap))
    const region = regionOf(settings, bitmap)
    return region
      ? { bytes: sampleOf(drawRegion(bitmap, region, settings), settings) }
      : skip(`is ${bitmap.width}×${bitmap.height}, smaller than the crop of ${settings.crop}`)
  } finally {
    bitmap.close()
  }
}

function sampleOf({ data, width, height }: ImageData, settings: ImageSettings): Uint8ClampedArray {
  const rgb = data.filter((_, i) => i % 4 !== 3)
  const sample = resample({ data: rgb, width, height, channels: 3 }, settings)
  return settings.channels === 1 ? luminance(sample) : sample
}

const tooLarge = ({ width, height }: { width: number; height: number }) => width * height > maxPixels

const tooMany = ({ width, height }: { width: number; height: number }) =>
  `is too large: ${width}×${height} pixels`

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
