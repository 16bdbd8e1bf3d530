import { nearest256 } from './palette.ts'
import type { Picture } from './picture.ts'

/** Pixels that one character cell holds. Half a cell is about as wide as tall, so pixels come out square. */
export const halfBlockCell = { width: 1, height: 2 } as const

const reset = '\x1b[0m'

/** Draws two rows of pixels a line: the upper one is the character '▀', the lower one its background. */
export function halfBlocks(picture: Picture, colour: 'truecolor' | '256'): string[] {
  const { width, height } = picture
  const lines: string[] = []
  for (let y = 0; y < height; y += halfBlockCell.height) {
    let line = ''
    let foreground = ''
    let background = ''
    for (let x = 0; x < width; x++) {
      const upper = colourCode(picture, x, y, colour)
      const lower = y + 1 < height ? colourCode(picture, x, y + 1, colour) : ''
      const plain = upper === lower
      const escapes: string[] = []
      // A space shows its background alone, so the foreground may stay as it is.
      if (!plain && upper !== foreground) {
        foreground = upper
        escapes.push(`38;${upper}`)
      }
      if (lower !== background) {
        background = lower
        escapes.push(lower === '' ? '49' : `48;${lower}`)
      }
      if (escapes.length > 0) line += `\x1b[${escapes.join(';')}m`
      line += plain ? ' ' : '▀'
    }
    lines.push(line + reset)
  }
  return lines
}

/** What follows 38 (foreground) or 48 (background) in an SGR escape: ECMA-48 8.3.117, ITU-T T.416 13.1.8. */
function colourCode(picture: Picture, x: number, y: number, colour: 'truecolor' | '256'): string {
  const { width, channels, data } = picture
  const at = (y * width + x) * channels
  const red = data[at]!
  const green = channels === 3 ? data[at + 1]! : red
  const blue = channels === 3 ? data[at + 2]! : red
  return colour === '256' ? `5;${nearest256(red, green, blue)}` : `2;${red};${green};${blue}`
}
