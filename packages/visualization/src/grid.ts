import { checkWholeNumber } from './options.ts'
import type { Picture } from './picture.ts'
import { type Samples, samplePictures } from './samples.ts'

export interface GridOptions extends Samples {
  /** Tiles in a row. Default ⌈√count⌉, the squarest grid. */
  readonly columns?: number
  /** Pixels between two tiles, not enlarged by `scale`; there is no border. Default 2. */
  readonly gap?: number
  /** Grey level of gaps and of places left over, 0 (black) to 255 (white). Default 64. */
  readonly background?: number
  /** Each pixel becomes a square of this many pixels a side (nearest neighbour). Default 1. */
  readonly scale?: number
}

/**
 * Lays samples out in a grid, row by row: sample i is in row ⌊i / columns⌋, column i mod columns.
 * @returns a picture of columns·scale·width + (columns − 1)·gap pixels by the same of rows, in the samples' channels
 * @throws GankitError as `samplePictures` does, and for an option out of range
 */
export function tileGrid({ gap = 2, background = 64, scale = 1, ...options }: GridOptions): Picture {
  const tiles = samplePictures(options)
  const { columns = Math.ceil(Math.sqrt(tiles.length)) } = options
  checkWholeNumber('columns', columns, 1)
  checkWholeNumber('gap', gap, 0)
  checkWholeNumber('background', background, 0, 255)
  checkWholeNumber('scale', scale, 1)

  const { width: tileWidth, height: tileHeight, channels } = tiles[0]!
  const stepX = tileWidth * scale + gap
  const stepY = tileHeight * scale + gap
  const width = columns * stepX - gap
  const height = Math.ceil(tiles.length / columns) * stepY - gap
  const grid = { width, height, channels, data: new Uint8Array(width * height * channels).fill(background) }
  for (const [i, tile] of tiles.entries())
    paint(tile, scale, grid, (i % columns) * stepX, Math.floor(i / columns) * stepY)
  return grid
}

/** Writes a tile, enlarged, into a grid with its top left corner at (left, top). */
function paint(tile: Picture, scale: number, grid: Picture, left: number, top: number): void {
  const { width, height, channels, data } = tile
  for (let y = 0; y < height * scale; y++) {
    const from = Math.floor(y / scale) * width
    const to = (top + y) * grid.width + left
    for (let x = 0; x < width * scale; x++) {
      const pixel = from + Math.floor(x / scale)
      for (let c = 0; c < channels; c++) grid.data[(to + x) * channels + c] = data[pixel * channels + c]!
    }
  }
}
