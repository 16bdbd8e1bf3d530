import { GankitError, sizeOfShape } from '@gankit/core'
import type { Samples } from './sample.ts'

/** Samples row by row, as a picture of tiles shows them. */
export interface SampleGrid {
  /** [rows · columns, ...sampleShape], row-major, in [−1, 1]. */
  readonly samples: Float32Array
  readonly sampleShape: readonly number[]
  /** Samples in a row. */
  readonly columns: number
  /** Gray level, 0 to 255, of places without a sample; gaps between tiles of the same level hide them. */
  readonly background: number
}

/** A row: the samples that were chosen, and the sample of their average; each [...sampleShape], row-major. */
export interface ChosenRow {
  readonly chosen: readonly Float32Array[]
  readonly average: Float32Array
}

const background = 64
/** The same level in [−1, 1]. */
const blank = background / 127.5 - 1

/** Each path of a walk as a row, its frames side by side. @param frames the samples of each frame, one a path */
export function arrangeWalk(frames: readonly Samples[]): SampleGrid {
  const { sampleShape, count } = frames[0]!
  const size = sizeOfShape(sampleShape)
  const samples = new Float32Array(frames.length * count * size)
  for (const [frame, drawn] of frames.entries()) {
    const numbers = checkFloats(drawn)
    for (let i = 0; i < count; i++)
      samples.set(numbers.subarray(i * size, (i + 1) * size), (i * frames.length + frame) * size)
  }
  return { samples, sampleShape, columns: frames.length, background }
}

/**
 * Lays a calculation out: each row has its chosen samples, a free place and their average. Where there is a result,
 * its square of 3 × 3 stands to the right of three rows, behind another free place.
 * @param result nine samples, row by row, or none
 */
export function arrangeArithmetic(
  rows: readonly ChosenRow[],
  result: readonly Float32Array[],
  sampleShape: readonly number[],
): SampleGrid {
  const widest = Math.max(...rows.map(({ chosen }) => chosen.length))
  const columns = widest + 2 + (result.length > 0 ? 4 : 0)
  const size = sizeOfShape(sampleShape)
  const samples = new Float32Array(rows.length * columns * size).fill(blank)
  const put = (sample: Float32Array, row: number, column: number) =>
    samples.set(sample, (row * columns + column) * size)
  for (const [row, { chosen, average }] of rows.entries()) {
    for (const [column, sample] of chosen.entries()) put(sample, row, widest - chosen.length + column)
    put(average, row, widest + 1)
  }
  for (const [i, sample] of result.entries()) put(sample, Math.floor(i / 3), widest + 3 + (i % 3))
  return { samples, sampleShape, columns, background }
}

/** The numbers of samples. @throws GankitError for tokens, which can't be tiles */
export function checkFloats({ samples }: Samples): Float32Array {
  if (samples instanceof Float32Array) return samples
  throw new GankitError('inference', 'data', 'samples are tokens, expected numbers in [−1, 1], as of images')
}
