import type { Size } from '../../images/image-options.ts'

const startOfFrame = 0xffc0
const startOfScan = 0xffda

/** Segments that don't change how pixels are decoded: tables, the restart interval, JFIF's header and comments. */
const harmless = new Set([0xffc4, 0xffdb, 0xffdd, 0xffe0, 0xfffe])

/**
 * Reads the size of a plain JPEG: baseline, 8 bits, gray or YCbCr, without Exif (it may rotate the picture), without a color
 * profile, without Adobe's marker (it may mean CMYK or RGB).
 * @returns undefined for any other JPEG and any other file (ITU T.81, B.1)
 */
export function readPlainJpegSize(bytes: Uint8Array): Size | undefined {
  const word = (at: number) => (bytes[at]! << 8) | bytes[at + 1]!
  if (word(0) !== 0xffd8) return undefined
  let size: Size | undefined
  for (let at = 2; at + 4 <= bytes.length; at += 2 + word(at + 2)) {
    const marker = word(at)
    if (marker === startOfScan) return size
    if (marker === startOfFrame) {
      const [bits, components] = [bytes[at + 4], bytes[at + 9]]
      if (size || bits !== 8 || (components !== 1 && components !== 3)) return undefined
      size = { height: word(at + 5), width: word(at + 7) }
      if (size.width === 0 || size.height === 0) return undefined
    } else if (!harmless.has(marker) && !isHarmlessSegment(marker, bytes, at)) return undefined
  }
  return undefined
}

/** Whether libvips ignores an application segment for pixels: APP1 without Exif, APP3 to APP13, APP15. */
function isHarmlessSegment(marker: number, bytes: Uint8Array, at: number): boolean {
  if (marker === 0xffe1) return String.fromCharCode(...bytes.subarray(at + 4, at + 8)) !== 'Exif'
  return marker >= 0xffe3 && marker <= 0xffef && marker !== 0xffee
}
