import type { Size } from '../images/image-options.ts'
import { detectFormat, type FormatName } from '../images/picture-formats.ts'

/** Format and size of a picture, read before it is decoded. */
export interface PictureHead {
  readonly format: FormatName
  /** In pixels, where it was found. */
  readonly size?: Size
}

/** Where formats that browsers decode say their size. @throws RangeError where the file ends first */
const sizeReaders: Readonly<Partial<Record<FormatName, (view: DataView) => Size | undefined>>> = {
  PNG: view => ({ width: view.getUint32(16), height: view.getUint32(20) }),
  JPEG: readJpegSize,
  GIF: view => ({ width: view.getUint16(6, true), height: view.getUint16(8, true) }),
  WebP: readWebpSize,
  AVIF: readHeifSize,
  HEIC: readHeifSize,
  BMP: readBmpSize,
}

/** The bytes that `readHead` needs: the size of a JPEG follows its metadata. */
export const headBytes: number = 2 ** 18

/**
 * Reads format and size from a file's first bytes, since the platform gives the size only after decoding.
 * @returns undefined where the file is no picture
 */
export function readHead(bytes: Uint8Array): PictureHead | undefined {
  const format = detectFormat(bytes)
  if (!format) return undefined
  try {
    const size = sizeReaders[format]?.(new DataView(bytes.buffer, bytes.byteOffset, bytes.length))
    return { format, ...(size && { size }) }
  } catch {
    // The file ends before its size; decoding reports that.
    return { format }
  }
}

/** Walks from segment to segment, up to the one that starts a frame (ITU T.81, B.1). */
function readJpegSize(view: DataView): Size | undefined {
  for (let at = 2; ; ) {
    const marker = view.getUint16(at)
    const startsFrame = marker >= 0xffc0 && marker <= 0xffcf && ![0xffc4, 0xffc8, 0xffcc].includes(marker)
    if (startsFrame) return { height: view.getUint16(at + 5), width: view.getUint16(at + 7) }
    if (marker < 0xff01 || marker === 0xffda) return undefined
    at += marker === 0xffff ? 1 : 2 + view.getUint16(at + 2)
  }
}

/** Reads the size in each of WebP's three forms: lossy, lossless, extended (RFC 9649). */
function readWebpSize(view: DataView): Size {
  const form = String.fromCharCode(view.getUint8(15))
  if (form === ' ')
    return { width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff }
  if (form === 'L') {
    const bits = view.getUint32(21, true)
    return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 }
  }
  const side = (at: number) => view.getUint16(at, true) + view.getUint8(at + 2) * 2 ** 16 + 1
  return { width: side(24), height: side(27) }
}

/** Reads the size of the first image from the box 'ispe' (ISO/IEC 23008-12). */
function readHeifSize(view: DataView): Size | undefined {
  for (let at = 0; at + 20 <= view.byteLength; at++)
    if (view.getUint32(at) === 0x69737065)
      return { width: view.getUint32(at + 8), height: view.getUint32(at + 12) }
  return undefined
}

/** Reads the size of a BMP, whose oldest headers have 12 bytes. */
function readBmpSize(view: DataView): Size {
  if (view.getUint32(14, true) === 12)
    return { width: view.getUint16(18, true), height: view.getUint16(20, true) }
  return { width: view.getInt32(18, true), height: Math.abs(view.getInt32(22, true)) }
}
