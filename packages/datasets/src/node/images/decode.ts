import sharp, { type Sharp } from 'sharp'
import { turns } from '../../concurrency.ts'
import { type ImageSettings, maxPixels, type Region, regionOf } from '../../images/image-options.ts'

/** Changes when a picture would come out in other bytes. */
export const decoderVersion: string = `1, sharp ${sharp.versions.sharp}, libvips ${sharp.versions.vips}`

const formats = new Set(['jpeg', 'png', 'webp', 'gif', 'heif', 'tiff'])

/** Longer than any honest picture takes. */
const seconds = 60

/** Pictures of more pixels wait for one another: turned or interlaced ones are unpacked whole. */
const large = 2 ** 24
const inTurn = turns()

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
  const region = regionOf(settings, autoOrient)
  if (!region) throw new Error(`is ${width}×${height}, smaller than the crop of ${settings.crop}`)
  const picture = sharp(file, { limitInputPixels: maxPixels })
  // Grey with alpha would take the background's red for all of it.
  if (channels === 2) picture.pipelineColourspace('srgb')
  const work = () => sample(picture, region, settings)
  return await (width * height > large ? inTurn(work) : work()).catch((error: Error) => {
    // What libvips says beside this may be about another picture that is decoded at the same time.
    const late = error.message.startsWith('timeout')
    throw new Error(late ? `takes more than ${seconds} s to decode` : 'is damaged or cut off')
  })
}

function sample(picture: Sharp, region: Region, settings: ImageSettings): Promise<Uint8Array> {
  const [red, green, blue] = settings.background
  return picture
    .autoOrient()
    .extract(region)
    .resize(settings.width, settings.height, { fit: 'fill', kernel: settings.resize })
    .flatten({ background: { r: red, g: green, b: blue } })
    .toColourspace(settings.channels === 1 ? 'b-w' : 'srgb')
    .removeAlpha()
    .timeout({ seconds })
    .raw()
    .toBuffer()
}

const byStart: readonly (readonly [kind: string, start: readonly number[]])[] = [
  ['jpeg', [0xff, 0xd8, 0xff]],
  ['png', [0x89, 0x50, 0x4e, 0x47]],
  ['gif', [0x47, 0x49, 0x46, 0x38]],
  ['tiff', [0x49, 0x49, 0x2a, 0x00]],
  ['tiff', [0x4d, 0x4d, 0x00, 0x2a]],
  ['tiff', [0x49, 0x49, 0x2b, 0x00]],
  ['tiff', [0x4d, 0x4d, 0x00, 0x2b]],
]

/** What kind of picture a file is by its first bytes, whatever its name says. @returns undefined where it is none */
export function pictureKind(bytes: Uint8Array): string | undefined {
  const text = (from: number, to: number) => String.fromCharCode(...bytes.subarray(from, to))
  if (text(0, 4) === 'RIFF' && text(8, 12) === 'WEBP') return 'webp'
  if (text(4, 8) === 'ftyp' && /avif|avis|mif1|msf1/.test(text(8, 32))) return 'avif'
  return byStart.find(([, start]) => start.every((byte, i) => bytes[i] === byte))?.[0]
}
