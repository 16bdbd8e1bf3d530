import sharp, { type Metadata, type Sharp } from 'sharp'
import type { TiffNumbers } from './tiff.ts'

/** Most numbers of a picture that is held unpacked, 4 bytes each. */
const maxNumbers = 2 ** 26

/** How far a float may lie beyond 0 and 1, as resizing leaves them: a level of 255. */
const overshoot = 1 / 255

/** How numbers of a kind are read, and where they lie between black, 0, and white, 1. */
interface Reading {
  readonly depth: 'uchar' | 'ushort' | 'int' | 'uint' | 'float'
  readonly array: new (buffer: ArrayBuffer) => ArrayLike<number>
  toShare(number: number): number
}

/** By format and bits. Libvips drops negative numbers of 8 and 16 bits, which are read as if they had no sign. */
const readings: Readonly<Record<string, Reading>> = {
  'signed 8': { depth: 'uchar', array: Uint8Array, toShare: number => (number ^ 0x80) / 255 },
  'signed 16': { depth: 'ushort', array: Uint16Array, toShare: number => (number ^ 0x8000) / 65535 },
  'signed 32': { depth: 'int', array: Int32Array, toShare: number => (number + 2 ** 31) / (2 ** 32 - 1) },
  'unsigned 32': { depth: 'uint', array: Uint32Array, toShare: number => number / (2 ** 32 - 1) },
  'float 32': { depth: 'float', array: Float32Array, toShare: number => number },
}

/**
 * Reads a TIFF of floats from 0 to 1, or of signed or 32-bit numbers, whose least and greatest values mean black and white.
 * libvips would take them for levels as they are.
 * @returns the picture in 16 bits, upright
 * @throws Error with the reason why it is refused
 */
export async function readLevels(file: Uint8Array, numbers: TiffNumbers, metadata: Metadata): Promise<Sharp> {
  const { format, bits } = numbers
  const { channels, hasProfile, autoOrient } = metadata
  const kind = format === 'float' ? '32-bit floats' : `${format} ${bits}-bit numbers`
  const refuse = (what: string) =>
    new Error(`is a TIFF of ${kind} ${what}, which is not read here: convert it to 8 or 16 bits in RGB`)
  if (hasProfile) throw refuse('with a color profile')
  if (autoOrient.width * autoOrient.height * channels > maxNumbers)
    throw refuse(`and ${autoOrient.width}×${autoOrient.height} pixels`)
  const { depth, array, toShare } = readings[`${format} ${bits}`]!
  const isNarrow = depth === 'uchar' || depth === 'ushort'
  const { data, info } = await sharp(isNarrow ? declareUnsigned(file, numbers) : file, {
    limitInputPixels: false,
    ignoreIcc: true,
  })
    .autoOrient()
    // Its own space, so that nothing is converted.
    .toColorspace(depth === 'ushort' ? (channels < 3 ? 'grey16' : 'rgb16') : metadata.space)
    .raw({ depth })
    .toBuffer({ resolveWithObject: true })
    .catch(() => {
      throw new Error('is damaged or cut off')
    })
  // libvips gives gray of most kinds without its alpha.
  if (info.channels !== channels) throw refuse('with transparency')
  // A copy begins at an address that fits all kinds.
  const read = new array(Uint8Array.from(data).buffer)
  const levels = new Uint16Array(read.length)
  let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (let i = 0; i < levels.length; i++) {
    const share = toShare(read[i]!)
    if (Number.isNaN(share))
      throw new Error(`is a TIFF of ${kind} of which some are not finite: mend or remove it`)
    if (share < least) least = share
    if (share > most) most = share
    levels[i] = Math.round(65535 * Math.min(1, Math.max(0, share)))
  }
  if (least < -overshoot || most > 1 + overshoot)
    throw new Error(
      `is a TIFF of ${kind} from ${format3(least)} to ${format3(most)}, expected 0 to 1: scale them, or convert it to 8 or 16 bits`,
    )
  return sharp(levels, { raw: { width: info.width, height: info.height, channels } })
}

const format3 = (number: number) => String(Number(number.toPrecision(3)))

/** A copy of a file that says that its signed numbers have no sign; their bits stay the same. */
function declareUnsigned(file: Uint8Array, { formatFields, isLittleEndian }: TiffNumbers): Uint8Array {
  const copy = Uint8Array.from(file)
  const view = new DataView(copy.buffer)
  for (const at of formatFields) view.setUint16(at, 1, isLittleEndian)
  return copy
}
