import type { ThreadPool } from './thread-pool.ts'

/** Rows that are windows of images: the start of each in A, and the place of its result in C. Distances are in bytes. */
export interface Windows {
  readonly a: number
  readonly c: number
  readonly images: number
  readonly lines: number
  readonly points: number
  readonly aStrides: readonly [image: number, line: number, point: number]
  readonly cStrides: readonly [image: number, line: number, point: number]
  /** A window consists of so many runs (`segments`) of so many numbers (`length`), `step` bytes apart. */
  readonly segments: number
  readonly length: number
  readonly step: number
}

/** The matrix that the rows are multiplied by, [segments·length, columns]. */
export interface Columns {
  readonly b: number
  readonly columns: number
  /** Address of a bias [columns], or 0 for none. */
  readonly bias: number
  /** Distance from a row of B to the next; with `runs`, from a column to the next. */
  readonly row: number
  /** For B as [columns, …]: the runs in each segment, their length in numbers, and their distances in bytes. */
  readonly runs?: {
    readonly count: number
    readonly length: number
    readonly segment: number
    readonly run: number
  }
}

/** The rows of a chunk stay in the cache while one panel of B after the other is multiplied. */
const maxRowsInChunk = 504
/** Bytes of the panels of one chunk. */
const maxPanelBytes = 1 << 17

/** C = A·B + bias, where the rows of A are windows of images. */
export function multiplyRows(pool: ThreadPool, windows: Windows, columns: Columns): void {
  const { segments, length, step, images, lines, points } = windows
  const rows = images * lines * points
  const inner = segments * length
  const panels = Math.ceil(columns.columns / 8)
  const inChunk = Math.min(maxRowsInChunk, Math.ceil(rows / 6) * 6)
  const rowChunks = Math.ceil(rows / inChunk)
  const forAll = Math.ceil((panels * rowChunks) / (4 * pool.threads))
  const panelsInChunk = Math.max(1, Math.min(panels, forAll, Math.floor(maxPanelBytes / (32 * inner))))
  const panelChunks = Math.ceil(panels / panelsInChunk)
  const scratchBytes = 256 + 32 * panelsInChunk * (1 + inner)
  const runs = columns.runs ?? { count: 0, length: 0, segment: 0, run: 0 }
  pool.borrow(scratchBytes * pool.places, scratch =>
    pool.run('rows', panelChunks * rowChunks, [
      windows.a,
      columns.b,
      windows.c,
      columns.bias,
      columns.columns,
      segments,
      length,
      step,
      columns.runs ? 1 : 0,
      columns.row,
      lines,
      points,
      ...windows.aStrides,
      ...windows.cStrides,
      rows,
      inChunk,
      panelsInChunk,
      panelChunks,
      scratch,
      scratchBytes,
      runs.count,
      runs.length,
      runs.segment,
      runs.run,
    ]),
  )
}
