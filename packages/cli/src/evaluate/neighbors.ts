import { type Dataset, sizeOfShape } from '@gankit/core'
import { writeFileAtomic } from '@gankit/core/node'
import {
  batchImages,
  type Extractor,
  extractFeatures,
  nearestNeighbors,
  type ReferenceStatistics,
  readImages,
} from '@gankit/metrics'
import { encodePng, tileGrid } from '@gankit/visualization'
import type * as tf from '@tensorflow/tfjs'
import { gridScale } from '../terminal/pictures.ts'
import type { EvaluationTarget } from './target.ts'

/** Fakes that are shown, a column each, and real samples below each, the nearest first. */
const maxColumns = 16
const neighborsEach = 3

/** What neighbors are searched with. */
export interface NeighborOptions {
  readonly target: EvaluationTarget
  readonly dataset: Dataset
  readonly extractor: Extractor
  readonly reference: ReferenceStatistics
  readonly seed: number
}

/** Writes a picture of fakes above the real samples whose features are nearest to theirs. */
export async function drawNeighbors(
  file: string,
  { target, dataset, extractor, reference, seed }: NeighborOptions,
): Promise<void> {
  const { sampleShape } = dataset
  const columns = Math.min(maxColumns, target.maxSamples)
  const drawn = await readNumbers(target.sample(columns, seed))
  const fakes = await extractFeatures(batchImages(drawn, sampleShape), extractor, { count: columns })
  const { indices } = await nearestNeighbors(fakes, reference.allFeatures, { count: neighborsEach })
  const size = sizeOfShape(sampleShape)
  const samples = new Float32Array(columns * (1 + neighborsEach) * size)
  samples.set(drawn)
  /** The tiles that a real sample is shown in, by its number. */
  const tiles = new Map<number, number[]>()
  for (let fake = 0; fake < columns; fake++)
    for (let rank = 0; rank < neighborsEach; rank++) {
      const sample = indices[fake * neighborsEach + rank]!
      tiles.set(sample, [...(tiles.get(sample) ?? []), (1 + rank) * columns + fake])
    }
  let sample = 0
  for await (const images of readImages(dataset, reference.allFeatures.count, 0)) {
    const values = await images.data<'float32'>()
    const [count] = images.shape as [number]
    images.dispose()
    for (let i = 0; i < count; i++, sample++)
      for (const tile of tiles.get(sample) ?? [])
        samples.set(values.subarray(i * size, (i + 1) * size), tile * size)
  }
  const picture = tileGrid({ samples, sampleShape, columns, scale: gridScale(sampleShape) })
  await writeFileAtomic(file, encodePng(picture))
}

async function readNumbers(images: AsyncIterable<tf.Tensor>): Promise<Float32Array> {
  const parts: Float32Array[] = []
  for await (const piece of images) {
    parts.push(await piece.data<'float32'>())
    piece.dispose()
  }
  return Float32Array.from(parts.flatMap(part => [...part]))
}
