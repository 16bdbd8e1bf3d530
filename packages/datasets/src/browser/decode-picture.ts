import { type ImageSettings, maxPixels, regionOf } from '../image-options.ts'
import { isNamedPicture, refusedSize } from '../picture-rules.ts'
import { drawRegion } from './draw-region.ts'
import { luminance } from './luminance.ts'
import { headBytes, readHead } from './picture-head.ts'
import { resample } from './resample.ts'

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
