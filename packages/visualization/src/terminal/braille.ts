import type { Picture } from '../pictures/picture.ts'

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
export function drawBraille(picture: Picture): string[] {
  const { width, height } = picture
  const levels = measureLuma(picture)
  const threshold = findThreshold(levels)
  const lines: string[] = []
  for (let top = 0; top < height; top += brailleCell.height) {
    let line = ''
    for (let left = 0; left < width; left += brailleCell.width) {
      let dots = 0
      for (const [j, row] of dotBits.entries())
        for (const [i, bit] of row.entries()) {
          const isInside = left + i < width && top + j < height
          if (isInside && levels[(top + j) * width + left + i]! > threshold) dots |= bit
        }
      line += String.fromCharCode(0x2800 + dots)
    }
    lines.push(line)
  }
  return lines
}

/** Luma of each pixel, 0 to 255 (ITU-R BT.601). */
function measureLuma({ channels, data }: Picture): Float32Array {
  if (channels === 1) return Float32Array.from(data)
  return Float32Array.from(
    { length: data.length / 3 },
    (_, i) => 0.299 * data[3 * i]! + 0.587 * data[3 * i + 1]! + 0.114 * data[3 * i + 2]!,
  )
}

const midGray = 127.5

/** Two shades that differ by less than this, out of 255, count as one shade with noise. */
const minContrast = 48

/**
 * The level between a picture's dark and its light pixels: half way between the means of the pixels below it and of the
 * pixels above it (Ridler and Calvard, "Picture thresholding using an iterative selection method", 1978). Dim or blurred
 * strokes of a generator stand out all the same. A picture with almost no contrast gets mid gray, so that an almost
 * black picture looks black.
 * @param levels brightness of the pixels, 0 to 255
 */
export function findThreshold(levels: Float32Array): number {
  let level = averageWhere(levels, () => true)
  let contrast = 0
  // The level settles within a few rounds; 50 is only a bound.
  for (let round = 0; round < 50; round++) {
    const dark = averageWhere(levels, value => value <= level)
    const light = averageWhere(levels, value => value > level)
    // A picture of one shade has no pixels above the level, and their mean is NaN.
    if (Number.isNaN(light)) break
    contrast = light - dark
    const change = Math.abs((dark + light) / 2 - level)
    level = (dark + light) / 2
    if (change < 0.5) break
  }
  return contrast < minContrast ? midGray : level
}

function averageWhere(values: Float32Array, isCounted: (value: number) => boolean): number {
  let sum = 0
  let count = 0
  for (const value of values)
    if (isCounted(value)) {
      sum += value
      count++
    }
  return sum / count
}
