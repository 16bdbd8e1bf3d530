import type { Picture } from './picture.ts'
import { threshold } from './threshold.ts'

/** Pixels that one character cell holds. */
export const brailleCell = { width: 2, height: 4 } as const

/** The bit of each dot above U+2800, [row][column]: dots 1 2 3 7 on the left, 4 5 6 8 on the right. */
export const dotBits = [
  [0x01, 0x08],
  [0x02, 0x10],
  [0x04, 0x20],
  [0x40, 0x80],
] as const

/** Draws four rows of pixels a line in braille characters: a dot is a pixel brighter than the picture's threshold. */
export function braille(picture: Picture): string[] {
  const { width, height } = picture
  const levels = brightness(picture)
  const limit = threshold(levels)
  const lines: string[] = []
  for (let top = 0; top < height; top += brailleCell.height) {
    let line = ''
    for (let left = 0; left < width; left += brailleCell.width) {
      let dots = 0
      for (const [j, row] of dotBits.entries())
        for (const [i, bit] of row.entries()) {
          const inside = left + i < width && top + j < height
          if (inside && levels[(top + j) * width + left + i]! > limit) dots |= bit
        }
      line += String.fromCharCode(0x2800 + dots)
    }
    lines.push(line)
  }
  return lines
}

/** Luma of each pixel, 0 to 255 (ITU-R BT.601). */
function brightness({ channels, data }: Picture): Float32Array {
  if (channels === 1) return Float32Array.from(data)
  return Float32Array.from(
    { length: data.length / 3 },
    (_, i) => 0.299 * data[3 * i]! + 0.587 * data[3 * i + 1]! + 0.114 * data[3 * i + 2]!,
  )
}
