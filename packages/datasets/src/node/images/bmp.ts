import type { PackedPixels } from '../../images/netpbm.ts'

/** How a BMP's pixels are packed: the field biCompression. */
const packing = { none: 0, rle8: 1, rle4: 2, masks: 3, alphaMasks: 6 } as const

/** What a BMP's header says. */
interface Header {
  readonly width: number
  readonly height: number
  readonly isTopDown: boolean
  /** Bits a pixel. */
  readonly bits: number
  readonly packed: number
  /** RGB, 3 bytes a color. */
  readonly palette: Uint8Array
  /** Of red, green, blue and alpha; 0 where there is none. */
  readonly masks: readonly number[]
  /** Where the pixels begin. */
  readonly pixels: number
}

/**
 * Reads a BMP of 1, 4, 8, 16, 24 or 32 bits a pixel, plain, run-length-encoded or with masks.
 * @throws Error with the reason why it can't be read
 */
export function readBmp(bytes: Uint8Array): PackedPixels {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  const header = explainEnd(() => readHeader(view, bytes))
  const { width, height, bits, packed, masks } = header
  const isRuns = packed === packing.rle8 || packed === packing.rle4
  const unpack = isRuns ? unpackRuns : bits <= 8 ? unpackIndices : unpackColors
  const channels = bits > 8 && masks[3] ? 4 : 3
  return { width, height, channels, unpack: () => explainEnd(() => unpack(header, bytes, view)) }
}

/** @throws Error instead of the RangeError that reading beyond the end gives */
function explainEnd<Result>(read: () => Result): Result {
  try {
    return read()
  } catch (error) {
    throw error instanceof RangeError ? new Error('is damaged or cut off') : error
  }
}

function readHeader(view: DataView, bytes: Uint8Array): Header {
  const length = view.getUint32(14, true)
  const isOld = length === 12
  const width = isOld ? view.getUint16(18, true) : view.getInt32(18, true)
  const signed = isOld ? view.getUint16(20, true) : view.getInt32(22, true)
  const bits = view.getUint16(isOld ? 24 : 28, true)
  const packed = isOld ? packing.none : view.getUint32(30, true)
  if (width <= 0 || signed === 0) throw new Error('is damaged (it has no pixels)')
  const runs = (packed === packing.rle8 && bits === 8) || (packed === packing.rle4 && bits === 4)
  const hasMasks = packed === packing.masks || packed === packing.alphaMasks
  const isKnown = packed === packing.none ? [1, 4, 8, 16, 24, 32] : hasMasks ? [16, 32] : runs ? [bits] : []
  if (!isKnown.includes(bits))
    throw new Error(
      `is a BMP of ${bits} bits a pixel, packed by method ${packed}, which is not read here: convert it to PNG`,
    )
  const usual = bits === 16 ? [0x7c00, 0x3e0, 0x1f, 0] : [0xff0000, 0xff00, 0xff, 0]
  const masks = usual.map((mask, i) => {
    if (!hasMasks) return mask
    return i < 3 || length >= 56 || packed === packing.alphaMasks ? view.getUint32(54 + 4 * i, true) : 0
  })
  const from = 14 + length + (hasMasks && length === 40 ? (packed === packing.alphaMasks ? 16 : 12) : 0)
  const colors = bits > 8 ? 0 : (!isOld && view.getUint32(46, true)) || 2 ** bits
  const step = isOld ? 3 : 4
  if (from + colors * step > bytes.length || colors > 256) throw new RangeError()
  const palette = new Uint8Array(3 * 2 ** Math.min(bits, 8))
  for (let i = 0; i < Math.min(colors, palette.length / 3); i++)
    for (let c = 0; c < 3; c++) palette[3 * i + c] = bytes[from + step * i + 2 - c]!
  const pixels = view.getUint32(10, true)
  return { width, height: Math.abs(signed), isTopDown: signed < 0, bits, packed, palette, masks, pixels }
}

/** The row of a line of the file. */
const toRow = ({ height, isTopDown }: Header, line: number) => (isTopDown ? line : height - 1 - line)

function unpackIndices(header: Header, bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const { width, height, bits, palette, pixels } = header
  const stride = 4 * Math.ceil((width * bits) / 32)
  if (pixels + stride * height > bytes.length) throw new RangeError()
  const data = new Uint8Array(width * height * 3)
  for (let line = 0; line < height; line++)
    for (let x = 0; x < width; x++) {
      const byte = bytes[pixels + line * stride + ((x * bits) >> 3)]!
      const color = (byte >> (8 - bits - ((x * bits) & 7))) & (2 ** bits - 1)
      data.set(palette.subarray(3 * color, 3 * color + 3), 3 * (toRow(header, line) * width + x))
    }
  return data
}

function unpackColors(header: Header, _: Uint8Array, view: DataView): Uint8Array<ArrayBuffer> {
  const { width, height, bits, masks, pixels } = header
  const stride = 4 * Math.ceil((width * bits) / 32)
  if (pixels + stride * height > view.byteLength) throw new RangeError()
  const channels = masks[3] ? 4 : 3
  const parts = masks.slice(0, channels).map(mask => {
    const shift = mask === 0 ? 0 : 31 - Math.clz32(mask & -mask)
    return { mask, shift, most: mask >>> shift || 1 }
  })
  const data = new Uint8Array(width * height * channels)
  let hasOpaque = false
  for (let line = 0; line < height; line++)
    for (let x = 0; x < width; x++) {
      const from = pixels + line * stride + x * (bits >> 3)
      const value =
        bits === 16
          ? view.getUint16(from, true)
          : bits === 32
            ? view.getUint32(from, true)
            : view.getUint16(from, true) + view.getUint8(from + 2) * 2 ** 16
      const to = channels * (toRow(header, line) * width + x)
      for (const [c, { mask, shift, most }] of parts.entries())
        data[to + c] = Math.round((255 * ((value & mask) >>> shift)) / most)
      hasOpaque ||= channels === 4 && data[to + 3]! > 0
    }
  // Many programs leave alpha at zero and mean none.
  if (channels === 4 && !hasOpaque) for (let i = 3; i < data.length; i += 4) data[i] = 255
  return data
}

/** Unpacks runs of equal pixels; those that are left out have the first color. */
function unpackRuns(header: Header, bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const { width, height, bits, palette, pixels } = header
  const indices = new Uint8Array(width * height)
  let [at, x, line] = [pixels, 0, 0]
  const next = (): number => {
    if (at >= bytes.length) throw new RangeError()
    return bytes[at++]!
  }
  const put = (color: number) => {
    if (x < width && line < height) indices[toRow(header, line) * width + x] = color
    x++
  }
  for (;;) {
    const [count, value] = [next(), next()]
    if (count > 0)
      for (let i = 0; i < count; i++) put(bits === 8 ? value : i % 2 === 0 ? value >> 4 : value & 15)
    else if (value === 0) [x, line] = [0, line + 1]
    else if (value === 1) break
    else if (value === 2) [x, line] = [x + next(), line + next()]
    else {
      let byte = 0
      for (let i = 0; i < value; i++) {
        if (bits === 8 || i % 2 === 0) byte = next()
        put(bits === 8 ? byte : i % 2 === 0 ? byte >> 4 : byte & 15)
      }
      at += (at - pixels) % 2
    }
  }
  const data = new Uint8Array(indices.length * 3)
  for (const [i, color] of indices.entries()) data.set(palette.subarray(3 * color, 3 * color + 3), 3 * i)
  return data
}
