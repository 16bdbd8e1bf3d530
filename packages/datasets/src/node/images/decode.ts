import sharp from 'sharp'
import { type ImageSettings, maxPixels, regionOf } from '../../image-options.ts'

/** Changes when a picture would come out in other bytes. */
export const decoderVersion: string = `1, sharp ${sharp.versions.sharp}, libvips ${sharp.versions.vips}`

const formats = new Set(['jpeg', 'png', 'webp', 'gif', 'heif', 'tiff'])

/** Longer than any honest picture takes. */
const seconds = 60

/**
 * Turns a picture file into a sample: upright by its EXIF orientation, cropped, resized, in sRGB or grey, on the
 * background where it is transparent. Of an animation the first picture is taken.
 * @param expected the only size that is right, where there is one
 * @returns [height, width, channels] bytes
 * @throws Error with the reason why it is not taken, for a sentence such as 'a.png …'
 */
export async function decode(
  file: Uint8Array,
  settings: ImageSettings,
  expected?: { readonly width: number; readonly height: number },
): Promise<Uint8Array> {
  const { format, autoOrient } = await sharp(file, { limitInputPixels: false })
    .metadata()
    .catch(error => {
      throw new Error(`is damaged (${firstLine(error)})`)
    })
  if (!format || !formats.has(format)) throw new Error(`is ${format}, no picture that is read here`)
  const { width, height } = autoOrient
  if (width * height > maxPixels) throw new Error(`is too large: ${width}×${height} pixels`)
  if (expected && (width !== expected.width || height !== expected.height))
    throw new Error(`is ${width}×${height}, expected ${expected.width}×${expected.height}`)
  const region = regionOf(settings, autoOrient)
  if (!region) throw new Error(`is ${width}×${height}, smaller than the crop of ${settings.crop}`)
  const [red, green, blue] = settings.background
  return await sharp(file, { limitInputPixels: maxPixels })
    .autoOrient()
    .extract(region)
    .resize(settings.width, settings.height, { fit: 'fill', kernel: settings.resize })
    .flatten({ background: { r: red, g: green, b: blue } })
    .toColourspace(settings.channels === 1 ? 'b-w' : 'srgb')
    .removeAlpha()
    .timeout({ seconds })
    .raw()
    .toBuffer()
    .catch(error => {
      throw new Error(`is damaged (${firstLine(error)})`)
    })
}

function firstLine(error: unknown): string {
  return (error as Error).message.trim().split('\n')[0]!
}
