import { type GivenSamples, type RunSamples, readSamples } from '@gankit/experiment'
import type { Samples } from '@gankit/inference'
import {
  type Besides,
  besideGrid,
  encodePng,
  type Picture,
  scatterPlot,
  tileGrid,
} from '@gankit/visualization'

/** Pixels of a tile's side in a grid, about. */
const tileSide = 64

/** Samples as a picture of tiles, or of points; beside their inputs and targets where they have such. */
export class PictureMaker {
  private besides: Besides | undefined

  /** Reads what is shown beside the outputs, once. */
  async prepare({ from, like, isPaired }: RunSamples, { count, given }: GivenSamples): Promise<void> {
    const condition = given?.condition
    if (!from || !(condition instanceof Float32Array)) return
    const inputs = { samples: condition, sampleShape: from.dataset.sampleShape, count }
    if (!isPaired || !like) this.besides = { inputs }
    else {
      const { sampleShape } = like.dataset
      this.besides = {
        inputs,
        targets: { samples: await readSamples(like.dataset, count), sampleShape, count },
      }
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
    const beside = this.besides && besideGrid(outputs, this.besides, scale)
    return toBlob(beside ?? tileGrid({ samples, sampleShape, scale }))
  }
}

const toBlob = (picture: Picture): Blob =>
  new Blob([encodePng(picture) as Uint8Array<ArrayBuffer>], { type: 'image/png' })
