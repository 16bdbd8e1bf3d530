import type { Size } from './image-options.ts'

/** A picture whose header has been read. */
export interface PackedPixels extends Size {
  /** Gray, RGB or RGBA. */
  readonly channels: 1 | 3 | 4
  /** Unpacks [height, width, channels] bytes, lines from the top. @throws Error with the reason why it can't be read */
  unpack(): Uint8Array<ArrayBuffer>
}

const cutOff = () => new Error('is damaged or cut off')

/**
 * Reads the first picture of a Netpbm file, P1 to P6: bits, gray and color, as text or as bytes, up to 16 bits a channel.
 * @throws Error with the reason why it can't be read
 */
export function readNetpbm(bytes: Uint8Array): PackedPixels {
  const kind = bytes[1]! - 0x30
  const isText = kind <= 3
  const isBits = kind === 1 || kind === 4
  const channels = kind === 3 || kind === 6 ? 3 : 1
  let at = 2
  /** The next whole number; spaces and comments go before it. */
  const readNumber = (digits = 9): number => {
    for (; ; at++) {
      const byte = bytes[at]
      if (byte === 0x23) while (at < bytes.length && bytes[at] !== 0x0a && bytes[at] !== 0x0d) at++
      else if (byte === undefined || byte > 0x20) break
    }
    const from = at
    while (at - from < digits && bytes[at]! >= 0x30 && bytes[at]! <= 0x39) at++
    if (at === from) throw cutOff()
    return Number(String.fromCharCode(...bytes.subarray(from, at)))
  }
  const [width, height] = [readNumber(), readNumber()]
  if (width === 0 || height === 0) throw cutOff()
  const most = isBits ? 1 : readNumber()
  if (most < 1 || most > 65535) throw new Error(`is a PPM with levels up to ${most}, expected 1 to 65535`)
  // One space ends the header.
  if (!isText) at++
  const count = width * height * channels
  const levelBytes = most > 255 ? 2 : 1
  const [line, needed] = isBits
    ? [Math.ceil(width / 8), Math.ceil(width / 8) * height]
    : [width, count * levelBytes]
  const readLevel = (i: number): number => {
    if (isText) return readNumber(isBits ? 1 : 9)
    if (isBits) {
      const [y, x] = [Math.floor(i / width), i % width]
      return (bytes[at + y * line + (x >> 3)]! >> (7 - (x & 7))) & 1
    }
    return levelBytes === 1 ? bytes[at + i]! : bytes[at + 2 * i]! * 256 + bytes[at + 2 * i + 1]!
  }
  const unpack = () => {
    // A digit a number at least.
    if (bytes.length - at < (isText ? count : needed)) throw cutOff()
    const data = new Uint8Array(count)
    for (let i = 0; i < count; i++) {
      const level = readLevel(i)
      if (level > most) throw new Error(`is a PPM with the level ${level}, expected at most ${most}`)
      // In a bitmap 1 is black.
      data[i] = isBits ? 255 * (1 - level) : Math.round((255 * level) / most)
    }
    return data
  }
  return { width, height, channels, unpack }
}
