import sharp, { type Sharp } from 'sharp'
import { serialize } from '../../concurrency.ts'
import { findCropRegion, type ImageSettings, maxPixels, type Region } from '../../images/image-options.ts'

/** Changes with every change of the decoder that changes the bytes of samples. */
export const decoderVersion: string = `1, sharp ${sharp.versions.sharp}, libvips ${sharp.versions.vips}`

const formats = new Set(['jpeg', 'png', 'webp', 'gif', 'heif', 'tiff'])

/** The time limit of one picture, far longer than any intact one takes. */
const maxSeconds = 60

/** Pictures of more pixels are decoded one at a time: rotated and interlaced ones are unpacked as a whole. */
const maxConcurrentPixels = 2 ** 24
const decodeLarge = serialize()

/**
 * Decodes a picture file into a sample: upright by its EXIF orientation, cropped, resized, in sRGB or gray, on the background
 * where it is transparent. An animation gives its first picture.
 * @param expected the size that every picture has to have, where there is one
 * @returns [height, width, channels] bytes
 * @throws Error with the reason why it is refused; the message completes 'a.png …'
 */
export async function decode(
  file: Uint8Array,
  settings: ImageSettings,
  expected?: { readonly width: number; readonly height: number },
): Promise<Uint8Array> {
  const { format, autoOrient, channels } = await sharp(file, { limitInputPixels: false })
    .metadata()
    .catch(() => {
      throw new Error('is damaged at its start, or of a kind that is not read here')
    })
  if (!format || !formats.has(format)) throw new Error(`is ${format}, no picture that is read here`)
  const { width, height } = autoOrient
  if (width * height > maxPixels) throw new Error(`is too large: ${width}×${height} pixels`)
  if (expected && (width !== expected.width || height !== expected.height))
    throw new Error(`is ${width}×${height}, expected ${expected.width}×${expected.height}`)
  const region = findCropRegion(settings, autoOrient)
  if (!region) throw new Error(`is ${width}×${height}, smaller than the crop of ${settings.crop}`)
  const picture = sharp(file, { limitInputPixels: maxPixels })
  // Without this, gray with alpha would use the background's red as its gray.
  if (channels === 2) picture.pipelineColorspace('srgb')
  const work = () => makeSample(picture, region, settings)
  return await (width * height > maxConcurrentPixels ? decodeLarge(work) : work()).catch((error: Error) => {
    // The rest of libvips' message may be about another picture that is decoded at the same time.
    const isLate = error.message.startsWith('timeout')
    throw new Error(isLate ? `takes more than ${maxSeconds} s to decode` : 'is damaged or cut off')
  })
}

function makeSample(picture: Sharp, region: Region, settings: ImageSettings): Promise<Uint8Array> {
  const [red, green, blue] = settings.background
  return picture
    .autoOrient()
    .extract(region)
    .resize(settings.width, settings.height, { fit: 'fill', kernel: settings.resize })
    .flatten({ background: { r: red, g: green, b: blue } })
    .toColorspace(settings.channels === 1 ? 'b-w' : 'srgb')
    .removeAlpha()
    .timeout({ seconds: maxSeconds })
    .raw()
    .toBuffer()
}

const formatsByStart: readonly (readonly [format: string, start: readonly number[]])[] = [
  ['jpeg', [0xff, 0xd8, 0xff]],
  ['png', [0x89, 0x50, 0x4e, 0x47]],
  ['gif', [0x47, 0x49, 0x46, 0x38]],
  ['tiff', [0x49, 0x49, 0x2a, 0x00]],
  ['tiff', [0x4d, 0x4d, 0x00, 0x2a]],
  ['tiff', [0x49, 0x49, 0x2b, 0x00]],
  ['tiff', [0x4d, 0x4d, 0x00, 0x2b]],
]

/** The format of a picture by its first bytes; its name doesn't count. @returns undefined where it is no picture */
export function detectFormat(bytes: Uint8Array): string | undefined {
  const text = (from: number, to: number) => String.fromCharCode(...bytes.subarray(from, to))
  if (text(0, 4) === 'RIFF' && text(8, 12) === 'WEBP') return 'webp'
  if (text(4, 8) === 'ftyp' && /avif|avis|mif1|msf1/.test(text(8, 32))) return 'avif'
  return formatsByStart.find(([, start]) => start.every((byte, i) => bytes[i] === byte))?.[0]
}
