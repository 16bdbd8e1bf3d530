import { GankitError } from '@gankit/core'
import { braille, brailleCell } from './braille.ts'
import type { Colour } from './colour.ts'
import { halfBlockCell, halfBlocks } from './half-blocks.ts'
import { checkWholeNumber } from './options.ts'
import { checkPicture, type Picture } from './picture.ts'
import { type Samples, samplePictures } from './samples.ts'
import { shrink } from './shrink.ts'

export interface PreviewOptions {
  /** Characters that fit in a line. Default 80. */
  readonly columns?: number
  /** Lines at most; samples that would need more are left out. Default: as many as all samples need. */
  readonly rows?: number
  /**
   * What the terminal can show, see `detectColour`. With colours pixels are half blocks in two colours; without
   * they are the dots of braille characters, which are on or off: each tile has its own threshold. Default 'none'.
   */
  readonly colour?: Colour
}

/** Columns between two tiles; between two rows of tiles is one empty line, which is as tall. */
const gap = 2

/** In fewer columns than this a digit is hard to read. Tiles of 28 × 28 at half size take 14. */
const readableColumns = 16

/**
 * Draws samples side by side, or one picture, as text for a terminal. Large ones are shrunk by a whole factor:
 * a tile is at most 16 columns wide, or an eighth of the terminal where that is more, or as wide as a few samples
 * have room for. 28 × 28 samples in 80 columns are five tiles a row, of 14 × 7 characters each.
 * @returns lines without a line break after the last. With colours each line of pixels ends with a reset
 * @throws GankitError as `samplePictures` does, and for an option out of range
 */
export function terminalPreview(
  pixels: Picture | Samples,
  { columns = 80, rows, colour = 'none' }: PreviewOptions = {},
): string {
  checkWholeNumber('columns', columns, 1)
  if (rows !== undefined) checkWholeNumber('rows', rows, 1)
  if (colour !== 'none' && colour !== '256' && colour !== 'truecolor')
    throw new GankitError(
      'visualization',
      'option',
      `colour is '${colour}', expected 'truecolor', '256' or 'none'`,
    )
  const tiles = 'sampleShape' in pixels ? samplePictures(pixels) : [checked(pixels)]
  const cell = colour === 'none' ? brailleCell : halfBlockCell
  const draw = (tile: Picture) => (colour === 'none' ? braille(tile) : halfBlocks(tile, colour))

  const { width, height } = fit(tiles[0]!, tiles.length, cell, columns, rows)
  const across = Math.floor((columns + gap) / (Math.ceil(width / cell.width) + gap))
  const down =
    rows === undefined ? tiles.length : Math.floor((rows + 1) / (Math.ceil(height / cell.height) + 1))
  const bands: string[] = []
  for (let first = 0; first < Math.min(tiles.length, across * down); first += across) {
    const drawn = tiles.slice(first, first + across).map(tile => draw(shrink(tile, width, height)))
    bands.push(drawn[0]!.map((_, line) => drawn.map(tile => tile[line]).join(' '.repeat(gap))).join('\n'))
  }
  return bands.join('\n\n')
}

function checked(picture: Picture): Picture {
  checkPicture(picture)
  return picture
}

/** The size in pixels at which tiles are shown: the picture's divided by the smallest whole number that will do. */
function fit(
  { width, height }: Picture,
  count: number,
  cell: { readonly width: number; readonly height: number },
  columns: number,
  rows = Number.POSITIVE_INFINITY,
): { width: number; height: number } {
  const share = Math.floor((columns + gap) / Math.min(count, 8)) - gap
  const widest = cell.width * Math.min(columns, Math.max(share, readableColumns))
  const tallest = cell.height * rows
  for (let factor = 1; ; factor++) {
    const size = {
      width: Math.max(1, Math.round(width / factor)),
      height: Math.max(1, Math.round(height / factor)),
    }
    if (size.width <= widest && size.height <= tallest) return size
  }
}
