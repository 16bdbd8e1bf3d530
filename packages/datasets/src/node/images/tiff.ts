/** What the first page of a TIFF says about its numbers. */
export interface TiffNumbers {
  readonly format: 'unsigned' | 'signed' | 'float'
  /** Bits a channel. */
  readonly bits: number
  /** Where the file says that its numbers are signed: offsets of 16-bit fields. */
  readonly formatFields: readonly number[]
  readonly isLittleEndian: boolean
}

/** A value of a tag, and where it stands in the file. */
interface Field {
  readonly value: number
  readonly at: number
}

/** The tags that are read (TIFF 6.0, section 8; 330 and 254 mark a preview). */
const tags = {
  subfile: 254,
  bits: 258,
  compression: 259,
  photometric: 262,
  channels: 277,
  extras: 338,
  format: 339,
} as const

/** Names of colors and of data that are no colors, by the tag PhotometricInterpretation. */
const otherColors: Readonly<Record<number, string>> = {
  4: 'of a mask',
  8: 'in LAB colors',
  9: 'in LAB colors',
  10: 'in LAB colors',
  32803: "of a camera's raw data",
  32844: 'in LogL',
  32845: 'in LogLuv colors',
  34892: "of a camera's raw data",
}

/** Channels of color, by the tag PhotometricInterpretation. */
const colorChannels: Readonly<Record<number, number>> = { 0: 1, 1: 1, 2: 3, 3: 1, 5: 4, 6: 3 }

/** Compressions that libvips reads here, by the tag Compression. */
const compressions = new Set([1, 2, 3, 4, 5, 7, 8, 32773, 32946, 50001])
const otherCompressions: Readonly<Record<number, string>> = {
  6: 'old-style JPEG',
  34712: 'JPEG 2000',
  33003: 'JPEG 2000',
  33005: 'JPEG 2000',
  34887: 'LERC',
  34925: 'LZMA',
  34933: 'PNG',
  50000: 'Zstandard',
  50002: 'JPEG XL',
}

/**
 * Reads what the first page of a TIFF holds, and whether its numbers have one meaning.
 * @throws Error with the reason why it is refused
 */
export function readTiffNumbers(bytes: Uint8Array): TiffNumbers {
  let page: Map<number, readonly Field[]>
  try {
    page = readPage(bytes)
  } catch {
    throw new Error('is damaged at its start')
  }
  const first = (tag: number, usual: number) => page.get(tag)?.[0]?.value ?? usual
  const photometric = first(tags.photometric, 1)
  if (first(tags.subfile, 0) & 1)
    throw refuse("of a camera's raw data, or one that begins with a preview", 'convert it to JPEG or PNG')
  const other = otherColors[photometric]
  if (other) throw refuse(other)
  const colors = colorChannels[photometric]
  if (!colors) throw refuse(`of colors of kind ${photometric}`)
  const compression = first(tags.compression, 1)
  if (!compressions.has(compression))
    throw refuse(
      `compressed by ${otherCompressions[compression] ?? `method ${compression}`}`,
      'save it with LZW or deflate',
    )
  const channels = first(tags.channels, 1)
  const extras = page.get(tags.extras) ?? []
  if (channels < colors || channels > colors + 1) throw refuse(`of ${channels} channels`)
  if (channels > colors && extras[0]?.value === 0)
    throw refuse(`of ${channels} channels, of which the last is not said to be transparency`)
  const { bits, format } = readFormat(page)
  const numbers = {
    bits,
    format,
    formatFields: (page.get(tags.format) ?? []).map(({ at }) => at),
    isLittleEndian: bytes[0] === 0x49,
  }
  if (photometric === 0 && !isPlain(numbers)) throw refuse(`of ${bits}-bit numbers in which white is 0`)
  return numbers
}

/** Whether libvips makes the right levels of these numbers. */
export const isPlain = ({ format, bits }: TiffNumbers): boolean => format === 'unsigned' && bits <= 16

function readFormat(page: ReadonlyMap<number, readonly Field[]>): Pick<TiffNumbers, 'bits' | 'format'> {
  const values = (tag: number) => [...new Set((page.get(tag) ?? [{ value: 1 }]).map(({ value }) => value))]
  const [allBits, allFormats] = [values(tags.bits), values(tags.format)]
  if (allBits.length > 1 || allFormats.length > 1)
    throw refuse(`of channels of ${allBits.join(', ')} bits that differ`)
  const [bits, code] = [allBits[0]!, allFormats[0]!]
  // 4 is 'undefined', which in practice are unsigned numbers.
  const format = ({ 1: 'unsigned', 2: 'signed', 3: 'float', 4: 'unsigned' } as const)[code]
  if (!format) throw refuse('of complex numbers')
  const known = { unsigned: [1, 2, 4, 8, 16, 32], signed: [8, 16, 32], float: [32] }[format]
  if (!known.includes(bits))
    throw refuse(`of ${bits}-bit ${format === 'float' ? 'floats' : `${format} numbers`}`)
  return { bits, format }
}

const refuse = (what: string, fix = 'convert it to 8 or 16 bits in RGB') =>
  new Error(`is a TIFF ${what}, which is not read here: ${fix}`)

/** Sizes in bytes of the types of values that tags here have: byte, short, long, and long8. */
const sizes: Readonly<Record<number, number>> = { 1: 1, 3: 2, 4: 4, 16: 8 }

/** Reads the tags of the first page. @throws RangeError where the file ends before */
function readPage(bytes: Uint8Array): Map<number, readonly Field[]> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  const little = bytes[0] === 0x49
  const isBig = view.getUint16(2, little) === 43
  const readOffset = (at: number) =>
    isBig ? Number(view.getBigUint64(at, little)) : view.getUint32(at, little)
  const start = readOffset(isBig ? 8 : 4)
  const [countSize, entrySize, inline] = isBig ? [8, 20, 8] : [2, 12, 4]
  const count = isBig ? readOffset(start) : view.getUint16(start, little)
  const page = new Map<number, readonly Field[]>()
  const known = new Set<number>(Object.values(tags))
  for (let i = 0; i < count; i++) {
    const entry = start + countSize + i * entrySize
    const tag = view.getUint16(entry, little)
    if (!known.has(tag)) continue
    const size = sizes[view.getUint16(entry + 2, little)] ?? 0
    const values = Math.min(readOffset(entry + 4), 64)
    const from = entry + (isBig ? 12 : 8)
    const at = size * values > inline ? readOffset(from) : from
    if (size > 0)
      page.set(
        tag,
        Array.from({ length: values }, (_, n) => ({
          at: at + n * size,
          value: readValue(at + n * size, size),
        })),
      )
  }
  return page

  function readValue(at: number, size: number): number {
    if (size === 1) return view.getUint8(at)
    if (size === 2) return view.getUint16(at, little)
    return size === 4 ? view.getUint32(at, little) : Number(view.getBigUint64(at, little))
  }
}
