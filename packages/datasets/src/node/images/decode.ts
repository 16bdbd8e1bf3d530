import sharp, { type Metadata, type Sharp } from 'sharp'
import { serialize } from '../../concurrency.ts'
import { reduceSample } from '../../images/bicubic.ts'
import { toGray } from '../../images/gray.ts'
import {
  findCropRegion,
  type ImageSettings,
  maxPixels,
  type Region,
  type Size,
} from '../../images/image-options.ts'
import { readNetpbm } from '../../images/netpbm.ts'
import { detectFormat, findFormatProblem } from '../../images/picture-formats.ts'
import { readBmp } from './bmp.ts'
import { chooseConversion, drawByProfile } from './color-profile.ts'
import { isPlain, readTiffNumbers } from './tiff.ts'
import { readLevels } from './tiff-levels.ts'

/** Changes with every change of the decoder that changes the bytes of samples. */
export const decoderVersion: string = `2, sharp ${sharp.versions.sharp}, libvips ${sharp.versions.vips}`

/** The time limit of one picture, far longer than any intact one takes. */
const maxSeconds = 60

/** Pictures of more pixels are decoded one at a time: rotated and interlaced ones are unpacked as a whole. */
const maxConcurrentPixels = 2 ** 24
const decodeLarge = serialize()

/** A picture whose header has been read. */
interface Source {
  /** Its size when it stands upright. */
  readonly size: Size
  /** Makes a sample in color, [height, width, 3], of a part of it. @throws Error with the reason why it is refused */
  draw(region: Region): Promise<Uint8Array>
}

/**
 * Decodes a picture file into a sample: upright by its EXIF orientation, cropped, resized, in sRGB or gray, on the background
 * where it is transparent. An animation gives its first picture, a TIFF its first page.
 * @param expected the size that every picture has to have, where there is one
 * @returns bytes of the settings' sample shape
 * @throws Error with the reason why it is refused; the message completes 'a.png …'
 */
export async function decode(
  file: Uint8Array,
  settings: ImageSettings,
  expected?: Size,
): Promise<Uint8Array> {
  const { size, makeSample } = await openPicture(file, settings)
  const { width, height } = size
  if (expected && (width !== expected.width || height !== expected.height))
    throw new Error(`is ${width}×${height}, expected ${expected.width}×${expected.height}`)
  return makeSample()
}

/** A picture of which samples can be made. */
export interface OpenPicture {
  /** Its size when it stands upright. */
  readonly size: Size
  /**
   * Makes a sample, cropped, of the picture or of a part of it.
   * @returns bytes of the settings' sample shape
   * @throws Error with the reason why it is refused
   */
  makeSample(part?: Region): Promise<Uint8Array>
}

/** Reads the head of a picture file. @throws Error with the reason why it is refused; the message completes 'a.png …' */
export async function openPicture(file: Uint8Array, settings: ImageSettings): Promise<OpenPicture> {
  const { size, draw } = await openSource(file, settings)
  const { width, height } = size
  if (width * height > maxPixels) throw new Error(`is too large: ${width}×${height} pixels`)
  return {
    size,
    async makeSample(part = { left: 0, top: 0, ...size }) {
      const region = findCropRegion(settings, part)
      if (!region)
        throw new Error(`is ${part.width}×${part.height}, smaller than the crop of ${settings.crop}`)
      const work = () => draw({ ...region, left: part.left + region.left, top: part.top + region.top })
      const rgb = await (width * height > maxConcurrentPixels ? decodeLarge(work) : work())
      return reduceSample(settings.channels === 1 ? toGray(rgb) : new Uint8Array(rgb), settings)
    },
  }
}

async function openSource(file: Uint8Array, settings: ImageSettings): Promise<Source> {
  const format = detectFormat(file)
  const problem = findFormatProblem(format, '')
  if (problem) throw new Error(problem)
  if (format === 'BMP' || format === 'PPM') {
    const { width, height, channels, unpack } = format === 'BMP' ? readBmp(file) : readNetpbm(file)
    const draw = async (region: Region) =>
      drawSample(sharp(unpack(), { raw: { width, height, channels } }), region, settings)
    return { size: { width, height }, draw }
  }
  const numbers = format === 'TIFF' ? readTiffNumbers(file) : undefined
  const metadata = await sharp(file, { limitInputPixels: false })
    .metadata()
    .catch(() => {
      throw new Error('is damaged or cut off, or of a kind that is not read here')
    })
  const open = (ignoreIcc: boolean) => sharp(file, { limitInputPixels: maxPixels, ignoreIcc })
  const draw = async (region: Region) => {
    if (numbers && !isPlain(numbers))
      return drawSample(await readLevels(file, numbers, metadata), region, settings)
    const conversion = chooseConversion(metadata)
    const picture = open(conversion !== 'sharp')
    return conversion === 'own'
      ? explainFailure(drawByProfile(shape(picture, region, settings), metadata, settings))
      : drawSample(openPlain(picture, metadata), region, settings)
  }
  return { size: metadata.autoOrient, draw }
}

/** Without this, gray with alpha would use the background's red as its gray. */
const openPlain = (picture: Sharp, { channels }: Metadata): Sharp =>
  channels === 2 ? picture.pipelineColorspace('srgb') : picture

/** Turns a picture upright, crops and resizes it. */
function shape(picture: Sharp, region: Region, { width, height, resize }: ImageSettings): Sharp {
  return picture
    .autoOrient()
    .extract(region)
    .resize(width, height, { fit: 'fill', kernel: resize })
    .timeout({ seconds: maxSeconds })
}

function drawSample(picture: Sharp, region: Region, settings: ImageSettings): Promise<Uint8Array> {
  const [r, g, b] = settings.background
  const drawn = shape(picture, region, settings)
    .flatten({ background: { r, g, b } })
    .toColorspace('srgb')
    .removeAlpha()
    .raw()
    .toBuffer()
  return explainFailure(drawn)
}

/** @throws Error that says what a failure of libvips means */
function explainFailure<Result>(work: Promise<Result>): Promise<Result> {
  return work.catch((error: Error) => {
    // The rest of libvips' message may be about another picture that is decoded at the same time.
    const isLate = error.message.startsWith('timeout')
    throw new Error(isLate ? `takes more than ${maxSeconds} s to decode` : 'is damaged or cut off')
  })
}
