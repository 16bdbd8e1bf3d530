import { type Picture, tileGrid } from '@gankit/visualization'
import { enlargement } from '../enlargement.ts'

/** A row: the samples that were chosen, and the sample of their average; each [height, width, channels], row-major. */
export interface ChosenRow {
  readonly chosen: readonly Float32Array[]
  readonly average: Float32Array
}

/** The grey of places without a sample, as the grid's gaps have it, of −1 to 1. */
const background = 64
const blank = background / 127.5 - 1

/**
 * Lays a calculation out: each row has its chosen samples, a free place and their average. Where there is a result,
 * its square of 3 × 3 stands to the right of three rows, behind another free place.
 * @param result nine samples, row by row
 */
export function layOut(
  rows: readonly ChosenRow[],
  result: readonly Float32Array[],
  sampleShape: readonly number[],
): Picture {
  const most = Math.max(...rows.map(({ chosen }) => chosen.length))
  const columns = most + 2 + (result.length > 0 ? 4 : 0)
  const size = sampleShape.reduce((product, length) => product * length, 1)
  const samples = new Float32Array(rows.length * columns * size).fill(blank)
  const put = (sample: Float32Array, row: number, column: number) =>
    samples.set(sample, (row * columns + column) * size)
  for (const [row, { chosen, average }] of rows.entries()) {
    for (const [column, sample] of chosen.entries()) put(sample, row, most - chosen.length + column)
    put(average, row, most + 1)
  }
  for (const [i, sample] of result.entries()) put(sample, Math.floor(i / 3), most + 3 + (i % 3))
  return tileGrid({ samples, sampleShape, columns, background, scale: enlargement(sampleShape) })
}
