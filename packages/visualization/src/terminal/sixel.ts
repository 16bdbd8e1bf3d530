import { createGifPalette } from '../pictures/gif-palette.ts'
import type { Picture } from '../pictures/picture.ts'

/** Rows of pixels in a band: the bits of a character. */
const bandHeight = 6
/** The character of six dark pixels; the bits of others are added to it. */
const first = 0x3f
/** Runs of a character that are longer than this are shorter as a count. */
const minRun = 4

/**
 * A picture as sixels: its colors in per cent, up to 256 of them, then bands of six rows, in which each color has a line of characters
 * whose bits are its pixels.
 */
export function encodeSixel(picture: Picture): string {
  const { width, height } = picture
  const { colors, indexPixels } = createGifPalette([picture])
  const indices = indexPixels(picture)
  const used = [...new Set(indices)].sort((a, b) => a - b)
  const palette = used.map(index => {
    const percent = colors[index]!.map(level => Math.round((level * 100) / 255))
    return `#${index};2;${percent.join(';')}`
  })
  const bands: string[] = []
  for (let top = 0; top < height; top += bandHeight)
    bands.push(encodeBand(indices, width, top, Math.min(bandHeight, height - top)))
  // 1: pixels of no color stay as they are; "1;1: square pixels.
  return `\x1bP0;1q"1;1;${width};${height}${palette.join('')}${bands.join('-')}\x1b\\`
}

function encodeBand(indices: Uint8Array, width: number, top: number, rows: number): string {
  const lines = new Map<number, Uint8Array>()
  for (let row = 0; row < rows; row++)
    for (let x = 0; x < width; x++) {
      const color = indices[(top + row) * width + x]!
      let bits = lines.get(color)
      if (!bits) {
        bits = new Uint8Array(width)
        lines.set(color, bits)
      }
      bits[x]! |= 1 << row
    }
  return [...lines].map(([color, bits]) => `#${color}${encodeRuns(bits)}`).join('$')
}

/** Characters of one color, repeated ones as a count; dark ones at the end say nothing. */
function encodeRuns(bits: Uint8Array): string {
  let end = bits.length
  while (bits[end - 1] === 0) end--
  let text = ''
  for (let at = 0; at < end; ) {
    let next = at + 1
    while (next < end && bits[next] === bits[at]) next++
    const character = String.fromCharCode(first + bits[at]!)
    const count = next - at
    text += count >= minRun ? `!${count}${character}` : character.repeat(count)
    at = next
  }
  return text
}
