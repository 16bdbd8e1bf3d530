import type { Samples } from '@gankit/inference'
import { type GridColumn, sideBySideGrid } from '@gankit/visualization'
import { gridScale, isImage, type SamplesPicture } from './pictures.ts'

/** What belongs to outputs one by one, as they are shown beside them. */
export interface Besides {
  readonly inputs: Samples
  /** The right answers, where they are known. */
  readonly targets?: Samples
}

/** Blocks of columns, so that a picture of many rows is no tower. */
const blocks = 3

/**
 * Pictures beside what they were made of, and beside the right answers: each row has the input, the output and the target of one,
 * three times over.
 * @returns undefined where one of them is no picture, or has a size that doesn't divide that of the outputs
 */
export function drawBeside(outputs: Samples, { inputs, targets }: Besides): SamplesPicture | undefined {
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
  const picture = sideBySideGrid({ columns, scale: gridScale(shape) })
  return { kind: 'picture', picture, preview: picture }
}

function fits({ samples, sampleShape }: Samples, [height, width]: readonly number[]): boolean {
  if (!isImage(sampleShape) || !(samples instanceof Float32Array)) return false
  const [h, w] = sampleShape as [number, number]
  return height! % h === 0 && width! % w === 0 && height! / h === width! / w
}

/** Some samples as a column, with each pixel repeated so that they are as large as outputs. */
function takeRows(
  caption: string,
  { samples, sampleShape }: Samples,
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
