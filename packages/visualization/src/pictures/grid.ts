import { checkInteger, GankitError } from '@gankit/core'
import { drawCaption, measureCaption } from './captions.ts'
import { type Picture, type Samples, samplePictures } from './picture.ts'

/** How the tiles of a grid are laid out. */
export interface TileLayout {
  /** Pixels between two tiles, not enlarged by `scale`; there is no border. Default 2. */
  readonly gap?: number
  /** Gray level of gaps and of empty places, 0 (black) to 255 (white). Default: what `quietBackground` gives. */
  readonly background?: number
  /** Each pixel becomes a square of this many pixels a side (nearest neighbor). Default 1. */
  readonly scale?: number
}

export interface GridOptions extends Samples, TileLayout {
  /** Tiles in a row. Default ⌈√count⌉, the squarest grid. */
  readonly columns?: number
}

/**
 * Lays samples out in a grid, row by row: sample i is in row ⌊i / columns⌋, column i mod columns.
 * @returns a picture of columns·scale·width + (columns − 1)·gap pixels by the same of rows, in the samples' channels
 * @throws GankitError as `samplePictures` does, and for an option out of range
 */
export function tileGrid(options: GridOptions): Picture {
  const tiles = samplePictures(options)
  const { columns = Math.ceil(Math.sqrt(tiles.length)) } = options
  checkInteger('visualization', 'columns', columns, 1)
  return layOut(tiles, columns, options)
}

/** One column of a side-by-side grid: all its samples, and what they are. */
export interface GridColumn extends Omit<Samples, 'count'> {
  /** Written above the column in capitals, cut where the column ends. Default: none. */
  readonly caption?: string
}

export interface SideBySideOptions extends TileLayout {
  /** From left to right, such as input, output and target. Gray columns become RGB where another one is RGB. */
  readonly columns: readonly GridColumn[]
  /** Rows, from the first sample on. Default: all samples. */
  readonly count?: number
}

/**
 * Lays samples that belong together side by side: row i is sample i of each column, below the columns' captions.
 * @returns a picture of columns·scale·width + (columns − 1)·gap pixels by rows·scale·height + (rows − 1)·gap, and the
 *   height of the captions where there are any: 11 pixels, and 11 more for each 96 pixels of a tile's width from 192 on
 * @throws GankitError as `samplePictures` does, and for an option out of range, no columns, and columns that differ in
 *   their number of samples (without `count`) or in the size of these
 */
export function sideBySideGrid({ columns, count, ...layout }: SideBySideOptions): Picture {
  const tiles = columns.map(column => samplePictures({ ...column, ...(count !== undefined && { count }) }))
  const [first] = tiles
  const describe = (pictures: readonly Picture[]) =>
    `${pictures.length} samples of ${pictures[0]!.height} × ${pictures[0]!.width}`
  if (!first) throw new GankitError('visualization', 'option', 'columns is empty, expected at least 1 column')
  for (const [i, pictures] of tiles.entries())
    if (describe(pictures) !== describe(first))
      throw new GankitError(
        'visualization',
        'data',
        `column ${i} has ${describe(pictures)}, expected ${describe(first)} like the first: a row has one of each`,
      )
  const isColored = tiles.some(([picture]) => picture!.channels === 3)
  const rows = first.flatMap((_, row) => tiles.map(pictures => pictures[row]!))
  const captions = columns.map(({ caption }) => caption)
  return layOut(isColored ? rows.map(colorize) : rows, columns.length, layout, captions)
}

/** Levels of lines between tiles, a little darker than white and lighter than black, and the level of the tiles' edges that parts them. */
const quietLevels = { onDark: 64, onLight: 224, parting: 160 }

/** A gray level for lines between tiles that doesn't catch the eye: light where their edges are light, else dark. */
export function quietBackground(tiles: readonly Picture[]): number {
  let [sum, count] = [0, 0]
  for (const { width, height, channels, data } of tiles)
    for (let y = 0; y < height; y++) {
      const isEdge = y === 0 || y === height - 1
      for (let x = 0; x < width; x += isEdge ? 1 : Math.max(1, width - 1))
        for (let c = 0; c < channels; c++) {
          sum += data[(y * width + x) * channels + c]!
          count++
        }
    }
  return sum / count > quietLevels.parting ? quietLevels.onLight : quietLevels.onDark
}

/** Puts tiles of one shape into a picture, row by row, below captions where any is there. */
function layOut(
  tiles: readonly Picture[],
  columns: number,
  { gap = 2, background = quietBackground(tiles), scale = 1 }: TileLayout,
  captions: readonly (string | undefined)[] = [],
): Picture {
  checkInteger('visualization', 'gap', gap, 0)
  checkInteger('visualization', 'background', background, 0, 255)
  checkInteger('visualization', 'scale', scale, 1)
  const { width: tileWidth, height: tileHeight, channels } = tiles[0]!
  const stepX = tileWidth * scale + gap
  const stepY = tileHeight * scale + gap
  const top = captions.some(Boolean) ? measureCaption(tileWidth * scale).height : 0
  const width = columns * stepX - gap
  const height = top + Math.ceil(tiles.length / columns) * stepY - gap
  const grid = { width, height, channels, data: new Uint8Array(width * height * channels).fill(background) }
  for (const [column, caption] of captions.entries())
    drawCaption(grid, caption ?? '', column * stepX, tileWidth * scale, background < 128 ? 255 : 0)
  for (const [i, tile] of tiles.entries())
    paint(tile, scale, grid, (i % columns) * stepX, top + Math.floor(i / columns) * stepY)
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

/** A gray picture in three equal channels; a colored one as it is. */
function colorize(picture: Picture): Picture {
  if (picture.channels === 3) return picture
  const data = new Uint8Array(3 * picture.data.length)
  for (const [i, level] of picture.data.entries()) data.fill(level, 3 * i, 3 * i + 3)
  return { ...picture, channels: 3, data }
}
