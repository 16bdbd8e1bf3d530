import { checkChoice, checkInteger } from '@gankit/core'
import { toBase64 } from '../html/data-url.ts'
import { checkPicture, type Picture } from '../pictures/picture.ts'
import { encodePng } from '../pictures/png.ts'
import { shrinkPicture } from '../pictures/shrink.ts'
import { encodeSixel } from './sixel.ts'

/** Protocols that show pixels. */
export type InlineProtocol = 'kitty' | 'iterm' | 'sixel'

export interface InlineOptions {
  readonly protocol: InlineProtocol
  /** Characters that fit in a line. Default 80. */
  readonly columns?: number
  /** Lines that the picture takes at most. Default 24. */
  readonly rows?: number
}

/** Pixels of a character as of most terminals on a plain screen; sharper ones have more, and show the picture larger. */
const cell = { width: 8, height: 16 } as const

/**
 * A picture as the bytes that make a terminal show it, at its size in pixels or as small as it has to be to fit.
 * - kitty: a PNG in base64, in pieces of 4,096 characters (https://sw.kovidgoyal.net/kitty/graphics-protocol/)
 * - iterm: a PNG in base64 (https://iterm2.com/documentation-images.html)
 * - sixel: six rows of pixels at a time, in up to 256 colors (DEC STD 070, chapter 9)
 * @returns one line without a line break after it
 * @throws GankitError for a picture whose sizes don't fit its data, and for options out of range
 */
export function inlinePicture(
  picture: Picture,
  { protocol, columns = 80, rows = 24 }: InlineOptions,
): string {
  checkChoice('visualization', 'protocol', protocol, ['kitty', 'iterm', 'sixel'])
  checkInteger('visualization', 'columns', columns, 1)
  checkInteger('visualization', 'rows', rows, 1)
  checkPicture(picture)
  const { width, height } = picture
  const scale = Math.min(1, (columns * cell.width) / width, (rows * cell.height) / height)
  const across = Math.max(1, Math.floor((scale * width) / cell.width))
  const down = Math.max(1, Math.floor((scale * height) / cell.height))
  if (protocol === 'sixel') {
    const size = [width, height].map(length => Math.max(1, Math.floor(scale * length))) as [number, number]
    return encodeSixel(shrinkPicture(picture, ...size))
  }
  const png = encodePng(picture)
  if (protocol === 'iterm') return encodeIterm(png, across, down)
  // One side is given, so that the terminal, which alone knows how wide its characters are, keeps the picture's shape.
  const isWide = (columns * cell.width) / width <= (rows * cell.height) / height
  return encodeKitty(png, isWide ? `c=${across}` : `r=${down}`)
}

/** Characters of base64 in a piece, by the protocol. */
const pieceLength = 4096

/** @param size one side in characters: 'c=40' columns or 'r=20' rows */
function encodeKitty(png: Uint8Array, size: string): string {
  const data = toBase64(png)
  const pieces: string[] = []
  for (let at = 0; at < data.length; at += pieceLength) {
    const more = at + pieceLength < data.length ? 1 : 0
    // a=T: take and show; f=100: a PNG; q=2: no answer, which would look like typed keys.
    const keys = at === 0 ? `a=T,f=100,q=2,${size},m=${more}` : `m=${more}`
    pieces.push(`\x1b_G${keys};${data.slice(at, at + pieceLength)}\x1b\\`)
  }
  return pieces.join('')
}

function encodeIterm(png: Uint8Array, columns: number, rows: number): string {
  const keys = `inline=1;size=${png.length};width=${columns};height=${rows};preserveAspectRatio=1`
  return `\x1b]1337;File=${keys}:${toBase64(png)}\x07`
}
