import { reduceSample } from '../images/bicubic.ts'
import { toGray } from '../images/gray.ts'
import {
  findCropRegion,
  type ImageSettings,
  maxPixels,
  type Region,
  type Size,
} from '../images/image-options.ts'
import { readNetpbm } from '../images/netpbm.ts'
import { isPictureName, readInBrowsers } from '../images/picture-formats.ts'
import { resample } from '../images/resample.ts'
import { findSizeProblem } from '../images/skipped-files.ts'
import { headBytes, readHead } from './picture-head.ts'

/** A sample's bytes [height, width, channels], or why there are none and whether that counts as failed. */
export type Decoded = { readonly bytes: Uint8Array } | { readonly why: string; readonly failed: boolean }

/**
 * Decodes a picture by the platform, upright by its EXIF orientation, and makes a sample of it. An animation gives its first
 * picture.
 */
export async function decodePicture(blob: Blob, name: string, settings: ImageSettings): Promise<Decoded> {
  const skip = (why: string, failed = true): Decoded => ({ why, failed })
  const problem = findSizeProblem(blob.size)
  if (problem) return skip(problem, isPictureName(name))
  const head = readHead(new Uint8Array(await blob.slice(0, headBytes).arrayBuffer()))
  if (!head) return skip(`is no ${readInBrowsers}`, isPictureName(name))
  // Checked before decoding, since a few bytes could unpack to more than the memory holds.
  if (head.size && isTooLarge(head.size)) return skip(formatTooLarge(head.size))
  let bitmap: ImageBitmap
  try {
    bitmap =
      head.format === 'PPM'
        ? await createImageBitmap(await readPpm(blob))
        : await createImageBitmap(blob, { imageOrientation: 'from-image' })
  } catch (error) {
    const { message } = error as Error
    return skip(
      head.format === 'PPM'
        ? message
        : `is a damaged ${head.format}, or one that this browser does not decode (${message})`,
    )
  }
  try {
    if (isTooLarge(bitmap)) return skip(formatTooLarge(bitmap))
    const region = findCropRegion(settings, bitmap)
    return region
      ? { bytes: makeSample(drawRegion(bitmap, region, settings), settings) }
      : skip(`is ${bitmap.width}×${bitmap.height}, smaller than the crop of ${settings.crop}`)
  } finally {
    bitmap.close()
  }
}

function makeSample({ data, width, height }: ImageData, settings: ImageSettings): Uint8Array {
  const rgb = data.filter((_, i) => i % 4 !== 3)
  const sample = new Uint8Array(resample({ data: rgb, width, height, channels: 3 }, settings).buffer)
  return reduceSample(settings.channels === 1 ? toGray(sample) : sample, settings)
}

/** Reads a picture that no browser decodes. @throws Error with the reason why it can't be read */
async function readPpm(blob: Blob): Promise<ImageData> {
  const { width, height, channels, unpack } = readNetpbm(new Uint8Array(await blob.arrayBuffer()))
  if (isTooLarge({ width, height })) throw new Error(formatTooLarge({ width, height }))
  const data = unpack()
  const image = new ImageData(width, height)
  for (let i = 0; i < width * height; i++) {
    const from = i * channels
    for (let c = 0; c < 3; c++) image.data[4 * i + c] = data[from + (channels > 1 ? c : 0)]!
    image.data[4 * i + 3] = 255
  }
  return image
}

const isTooLarge = ({ width, height }: Size) => width * height > maxPixels

const formatTooLarge = ({ width, height }: Size) => `is too large: ${width}×${height} pixels`

/**
 * Draws a part of a picture on the background, and halves it while it is at least twice as large as a sample: every browser's
 * canvas averages 2×2 pixels well, and the rest of the resizing is small.
 * @returns RGBA, opaque; with `resize: 'nearest'` it has the sample's size
 */
function drawRegion(
  bitmap: ImageBitmap,
  { left, top, width, height }: Region,
  settings: ImageSettings,
): ImageData {
  const nearest = settings.resize === 'nearest'
  const size = nearest ? settings : halveSize({ width, height }, settings)
  let drawn = createCanvas(size, !nearest)
  drawn.fillStyle = `rgb(${settings.background})`
  drawn.fillRect(0, 0, size.width, size.height)
  drawn.drawImage(bitmap, left, top, width, height, 0, 0, size.width, size.height)
  while (!nearest) {
    const from = drawn.canvas
    const next = halveSize(from, settings)
    if (next.width === from.width && next.height === from.height) break
    drawn = createCanvas(next, true)
    drawn.drawImage(from, 0, 0, next.width, next.height)
    // Frees the canvas' memory now, not when it is garbage-collected.
    from.width = from.height = 0
  }
  return drawn.getImageData(0, 0, drawn.canvas.width, drawn.canvas.height)
}

function halveSize({ width, height }: Size, sample: Size): Size {
  const half = (length: number, enough: number) => (length >= 4 * enough ? length >> 1 : length)
  return { width: half(width, sample.width), height: half(height, sample.height) }
}

function createCanvas({ width, height }: Size, smooth: boolean): OffscreenCanvasRenderingContext2D {
  // The processor draws such a canvas: reading it back is fast, and every machine draws the same pixels.
  const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true })!
  context.imageSmoothingEnabled = smooth
  return context
}
