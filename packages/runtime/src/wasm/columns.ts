import type { ThreadPool } from './thread-pool.ts'

/** Two tables X and Y over the same places, images × lines × points. Distances are in bytes. */
export interface Places {
  readonly x: number
  readonly y: number
  /** [filterLines·width, columns] */
  readonly c: number
  readonly images: number
  readonly lines: number
  readonly points: number
  readonly xStrides: readonly [image: number, line: number, point: number]
  readonly yStrides: readonly [image: number, line: number, point: number]
  /** Numbers of X at each place, for each line of the filter. */
  readonly width: number
  /** Numbers of Y at each place. */
  readonly columns: number
  readonly filterLines: number
  /** Distance in X from one line of the filter to the next. */
  readonly filterLine: number
}

/** Places whose sum is taken in registers before it goes to memory. So many packed places stay in the cache. */
const placesInGroup = 256

/** C = Xᵀ·Y, summed over places: the gradient of a filter, or of a dense layer's matrix. */
export function sumOuterProducts(pool: ThreadPool, places: Places): void {
  const { images, lines, points, width, filterLines } = places
  const group = Math.min(images * lines, Math.max(1, Math.round(placesInGroup / points)))
  const tiles = Math.ceil(width / 6)
  const inChunk = 6 * Math.min(32, Math.ceil(tiles / Math.ceil((6 * pool.threads) / filterLines)))
  const chunks = Math.ceil(width / inChunk)
  const scratchBytes = 192 + (32 + 4 * inChunk) * group * points
  pool.borrow(scratchBytes * pool.places, scratch =>
    pool.run('columns', filterLines * chunks, [
      places.x,
      places.y,
      places.c,
      width,
      places.columns,
      places.filterLine,
      images,
      lines,
      points,
      ...places.xStrides,
      ...places.yStrides,
      group,
      inChunk,
      chunks,
      scratch,
      scratchBytes,
    ]),
  )
}
