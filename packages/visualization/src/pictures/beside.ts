import { type GridColumn, sideBySideGrid } from './grid.ts'
import type { Picture } from './picture.ts'

/** Some samples, one after another: pictures, or others. */
interface AnySamples {
  readonly samples: Float32Array | Int32Array
  readonly sampleShape: readonly number[]
  readonly count: number
}

/** What belongs to outputs one by one, as they are shown beside them. */
export interface Besides {
  readonly inputs: AnySamples
  /** The right answers, where they are known. */
  readonly targets?: AnySamples
}

/** Blocks of columns, so that a picture of many rows is no tower. */
const blocks = 3

/**
 * Pictures beside what they were made of, and beside the right answers: each row has the input, the output and the target of one,
 * three times over.
 * @param scale each pixel becomes a square of this many pixels a side
 * @returns undefined where one of them is no picture, or has a size that doesn't divide that of the outputs
 */
export function besideGrid(
  outputs: AnySamples,
  { inputs, targets }: Besides,
  scale: number,
): Picture | undefined {
  const kinds = [
    ['input', inputs],
    ['output', outputs],
    ...(targets ? [['target', targets] as const] : []),
  ] as const
  const shape = outputs.sampleShape
  const rows = Math.floor(outputs.count / blocks)
  if (rows === 0 || !kinds.every(([, samples]) => fits(samples, shape))) return undefined
  const columns = Array.from({ length: blocks }, (_, block) =>
    kinds.map(([caption, samples]): GridColumn => takeRows(caption, samples, shape, block * rows, rows)),
  ).flat()
  return sideBySideGrid({ columns, scale })
}

function fits({ samples, sampleShape }: AnySamples, [height, width]: readonly number[]): boolean {
  if (!hasPixels(sampleShape) || !(samples instanceof Float32Array)) return false
  const [h, w] = sampleShape as [number, number]
  return height! % h === 0 && width! % w === 0 && height! / h === width! / w
}

/** Some samples as a column, with each pixel repeated so that they are as large as outputs. */
function takeRows(
  caption: string,
  { samples, sampleShape }: AnySamples,
  [height, width]: readonly number[],
  from: number,
  rows: number,
): GridColumn {
  const [h, w, channels] = sampleShape as [number, number, number]
  const factor = height! / h
  const size = h * w * channels
  const part = samples.subarray(from * size, (from + rows) * size) as Float32Array
  if (factor === 1) return { caption, samples: part, sampleShape }
  const large = new Float32Array(rows * height! * width! * channels)
  for (let row = 0, to = 0; row < rows; row++)
    for (let y = 0; y < height!; y++)
      for (let x = 0; x < width!; x++)
        for (let c = 0; c < channels; c++)
          large[to++] =
            part[row * size + (Math.floor(y / factor) * w + Math.floor(x / factor)) * channels + c]!
  return { caption, samples: large, sampleShape: [height!, width!, channels] }
}

/** Whether samples of this shape are images, in gray or in colors. */
function hasPixels(sampleShape: readonly number[]): boolean {
  return sampleShape.length === 3 && [1, 3].includes(sampleShape[2]!)
}
