import { checkChoice, checkInteger } from '@gankit/core'
import { checkPicture, type Picture, type Samples, samplePictures } from '../pictures/picture.ts'
import { shrinkPicture } from '../pictures/shrink.ts'
import { brailleCell, drawBraille } from './braille.ts'
import type { ColorSupport } from './colors.ts'
import { drawHalfBlocks, halfBlockCell } from './half-blocks.ts'

export interface PreviewOptions {
  /** Characters that fit in a line. Default 80. */
  readonly columns?: number
  /** Upper bound of the lines; samples beyond it are not drawn. Default: as many lines as all samples need. */
  readonly rows?: number
  /**
   * Which colors the terminal can show, see `detectColor`. With colors, pixels are half blocks in two colors. Without,
   * pixels are the dots of braille characters, which are on or off: each tile has its own threshold. Default 'none'.
   */
  readonly color?: ColorSupport
}

/** Columns between two tiles. Between two rows of tiles is one empty line, which is as tall as this is wide. */
const gap = 2

/** In fewer columns than this a digit is hard to read. Tiles of 28 × 28 at half size take 14. */
const readableColumns = 16

/**
 * Draws samples side by side, or one picture, as text for a terminal. Large ones are shrunk by a whole factor:
 * a tile is at most 16 columns wide, or an eighth of the terminal if that is more; fewer than eight samples share the
 * whole width. 28 × 28 samples in 80 columns are five tiles a row, of 14 × 7 characters each.
 * @returns lines without a line break after the last. With colors, each line of pixels ends with a reset
 * @throws GankitError as `samplePictures` does, and for an option out of range
 */
export function terminalPreview(
  pixels: Picture | Samples,
  { columns = 80, rows, color = 'none' }: PreviewOptions = {},
): string {
  checkInteger('visualization', 'columns', columns, 1)
  if (rows !== undefined) checkInteger('visualization', 'rows', rows, 1)
  checkChoice('visualization', 'color', color, ['truecolor', '256', 'none'])
  const tiles = 'sampleShape' in pixels ? samplePictures(pixels) : [pixels]
  if (!('sampleShape' in pixels)) checkPicture(pixels)
  const cell = color === 'none' ? brailleCell : halfBlockCell
  const draw = (tile: Picture) => (color === 'none' ? drawBraille(tile) : drawHalfBlocks(tile, color))

  const { width, height } = fitTile(tiles[0]!, tiles.length, cell, columns, rows)
  const across = Math.floor((columns + gap) / (Math.ceil(width / cell.width) + gap))
  const down =
    rows === undefined ? tiles.length : Math.floor((rows + 1) / (Math.ceil(height / cell.height) + 1))
  const bands: string[] = []
  for (let first = 0; first < Math.min(tiles.length, across * down); first += across) {
    const drawn = tiles.slice(first, first + across).map(tile => draw(shrinkPicture(tile, width, height)))
    bands.push(drawn[0]!.map((_, line) => drawn.map(tile => tile[line]).join(' '.repeat(gap))).join('\n'))
  }
  return bands.join('\n\n')
}

/** The size in pixels at which tiles are shown: the picture's, divided by the smallest whole number that makes it fit. */
function fitTile(
  { width, height }: Picture,
  count: number,
  cell: { readonly width: number; readonly height: number },
  columns: number,
  rows = Number.POSITIVE_INFINITY,
): { width: number; height: number } {
  const share = Math.floor((columns + gap) / Math.min(count, 8)) - gap
  const maxWidth = cell.width * Math.min(columns, Math.max(share, readableColumns))
  const maxHeight = cell.height * rows
  for (let factor = 1; ; factor++) {
    const size = {
      width: Math.max(1, Math.round(width / factor)),
      height: Math.max(1, Math.round(height / factor)),
    }
    if (size.width <= maxWidth && size.height <= maxHeight) return size
  }
}
