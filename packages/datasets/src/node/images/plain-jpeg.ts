interface Size {
  readonly width: number
  readonly height: number
}

const startOfFrame = 0xffc0
const startOfScan = 0xffda

/** Tables, the interval of restarts, JFIF's header, comments, and what programs note: none changes how pixels are read. */
const harmless = new Set([0xffc4, 0xffdb, 0xffdd, 0xffe0, 0xfffe])

/**
 * The size of a JPEG of which nothing but its pixels counts: baseline, 8 bits, grey or YCbCr, without Exif (it may turn
 * the picture), without a colour profile, without Adobe's marker (it may say CMYK or RGB).
 * @returns undefined for any other, and for what is no JPEG (ITU T.81, B.1)
 */
export function plainJpegSize(bytes: Uint8Array): Size | undefined {
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
    } else if (!harmless.has(marker) && !isHarmlessNote(marker, bytes, at)) return undefined
  }
  return undefined
}

/** Application segments that libvips reads nothing from that changes pixels: APP1 without Exif, APP3 to APP13, APP15. */
function isHarmlessNote(marker: number, bytes: Uint8Array, at: number): boolean {
  if (marker === 0xffe1) return String.fromCharCode(...bytes.subarray(at + 4, at + 8)) !== 'Exif'
  return marker >= 0xffe3 && marker <= 0xffef && marker !== 0xffee
}
