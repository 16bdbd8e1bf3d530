import type { Picture } from '../pictures/picture.ts'
import { findNearest256 } from './colors.ts'

/** Pixels that one character cell holds. Half a cell is about as wide as tall, so pixels come out square. */
export const halfBlockCell = { width: 1, height: 2 } as const

const reset = '\x1b[0m'

/** Draws two rows of pixels a line: the upper one is the character '▀', the lower one its background. */
export function drawHalfBlocks(picture: Picture, color: 'truecolor' | '256'): string[] {
  const { width, height } = picture
  const lines: string[] = []
  for (let y = 0; y < height; y += halfBlockCell.height) {
    let line = ''
    let foreground = ''
    let background = ''
    for (let x = 0; x < width; x++) {
      const upper = formatColorCode(picture, x, y, color)
      const lower = y + 1 < height ? formatColorCode(picture, x, y + 1, color) : ''
      const isPlain = upper === lower
      const escapes: string[] = []
      // A space shows its background alone, so the foreground may stay as it is.
      if (!isPlain && upper !== foreground) {
        foreground = upper
        escapes.push(`38;${upper}`)
      }
      if (lower !== background) {
        background = lower
        escapes.push(lower === '' ? '49' : `48;${lower}`)
      }
      if (escapes.length > 0) line += `\x1b[${escapes.join(';')}m`
      line += isPlain ? ' ' : '▀'
    }
    lines.push(line + reset)
  }
  return lines
}

/** The parameters after 38 (foreground) or 48 (background) in an SGR escape: ECMA-48 8.3.117, ITU-T T.416 13.1.8. */
function formatColorCode(picture: Picture, x: number, y: number, color: 'truecolor' | '256'): string {
  const { width, channels, data } = picture
  const at = (y * width + x) * channels
  const red = data[at]!
  const green = channels === 3 ? data[at + 1]! : red
  const blue = channels === 3 ? data[at + 2]! : red
  return color === '256' ? `5;${findNearest256(red, green, blue)}` : `2;${red};${green};${blue}`
}
