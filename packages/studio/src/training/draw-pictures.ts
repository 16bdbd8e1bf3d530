import { sizeOfShape } from '@gankit/core'
import { type GivenSamples, type RunSamples, readSamples } from '@gankit/experiment'
import type { Samples } from '@gankit/inference'
import { encodePng, type Picture, scatterPlot, sideBySideGrid, tileGrid } from '@gankit/visualization'

/** Pixels of a tile's side in a grid, about. */
const tileSide = 64

/** Samples as a picture of tiles, or of points; beside their inputs and targets where they have such. */
export class PictureMaker {
  private inputs: Samples | undefined
  private targets: Samples | undefined

  /** Reads what is shown beside the outputs, once. */
  async prepare({ from, like, isPaired }: RunSamples, { count, given }: GivenSamples): Promise<void> {
    const condition = given?.condition
    if (!from || !(condition instanceof Float32Array)) return
    this.inputs = { samples: condition, sampleShape: from.dataset.sampleShape, count }
    if (isPaired && like)
      this.targets = {
        samples: await readSamples(like.dataset, count),
        sampleShape: like.dataset.sampleShape,
        count,
      }
  }

  /** @returns undefined for samples that are no pictures and no points */
  draw(outputs: Samples): Blob | undefined {
    const { samples, sampleShape } = outputs
    if (!(samples instanceof Float32Array)) return undefined
    if (sampleShape.length === 1 && sampleShape[0]! <= 2)
      return toBlob(scatterPlot({ points: samples, dimensions: sampleShape[0]! }))
    if (sampleShape.length !== 3 || ![1, 3].includes(sampleShape[2]!)) return undefined
    const scale = Math.max(1, Math.floor(tileSide / Math.max(sampleShape[0]!, sampleShape[1]!)))
    const beside = [this.inputs, outputs, this.targets].filter(each => each !== undefined)
    if (beside.length === 1) return toBlob(tileGrid({ samples, sampleShape, scale }))
    const columns = beside.map(each => ({
      samples: enlarge(each, sampleShape),
      sampleShape: [sampleShape[0]!, sampleShape[1]!, each.sampleShape[2]!],
    }))
    return toBlob(sideBySideGrid({ columns, scale }))
  }
}

/** Pictures with each pixel repeated so that they are as large as outputs. */
function enlarge({ samples, sampleShape, count }: Samples, [height, width]: readonly number[]): Float32Array {
  const [h, w, channels] = sampleShape as [number, number, number]
  if (h === height && w === width) return samples as Float32Array
  const large = new Float32Array(count * sizeOfShape([height!, width!, channels]))
  let to = 0
  for (let i = 0; i < count; i++)
    for (let y = 0; y < height!; y++)
      for (let x = 0; x < width!; x++) {
        const pixel = (i * h + Math.floor((y * h) / height!)) * w + Math.floor((x * w) / width!)
        for (let c = 0; c < channels; c++) large[to++] = samples[pixel * channels + c]!
      }
  return large
}

const toBlob = (picture: Picture): Blob =>
  new Blob([encodePng(picture) as Uint8Array<ArrayBuffer>], { type: 'image/png' })
