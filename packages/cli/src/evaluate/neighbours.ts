import type { Dataset } from '@gankit/core'
import {
  batchImages,
  type Extractor,
  extractFeatures,
  nearestNeighbors,
  type ReferenceStatistics,
  readImages,
} from '@gankit/metrics'
import { writeAside } from '@gankit/trainer/node'
import { encodePng, tileGrid } from '@gankit/visualization'
import type * as tf from '@tensorflow/tfjs'
import { enlargement } from '../enlargement.ts'
import { endingOf } from '../file-ending.ts'
import type { Subject } from './subject.ts'

/** Fakes that are shown, each a column, and real samples below each, the nearest first. */
const columns = 16
const nearest = 3

/** @throws GankitError unless the picture can be a PNG of images */
export function checkNeighbours(file: string | undefined): void {
  if (file !== undefined) endingOf('--neighbours', file, ['.png'])
}

interface Sides {
  readonly subject: Subject
  readonly dataset: Dataset
  readonly extractor: Extractor
  readonly reference: ReferenceStatistics
  readonly seed: number
}

/** Draws fakes above the real samples that are nearest to them, as the extractor sees it. */
export async function drawNeighbours(
  file: string,
  { subject, dataset, extractor, reference, seed }: Sides,
): Promise<void> {
  const count = Math.min(columns, subject.most)
  const drawn = await numbersOf(subject.fakes(count, seed))
  const fakes = await extractFeatures(batchImages(drawn, dataset.sampleShape), extractor, { count })
  const { indices } = await nearestNeighbors(fakes, reference.allFeatures, { count: nearest })
  const size = dataset.sampleShape.reduce((product, length) => product * length, 1)
  const samples = new Float32Array(count * (1 + nearest) * size)
  samples.set(drawn)
  const places = new Map<number, number[]>()
  for (let fake = 0; fake < count; fake++)
    for (let rank = 0; rank < nearest; rank++) {
      const row = indices[fake * nearest + rank]!
      places.set(row, [...(places.get(row) ?? []), (1 + rank) * count + fake])
    }
  let row = 0
  for await (const images of readImages(dataset, reference.allFeatures.count, 0)) {
    const values = await images.data<'float32'>()
    const [here] = images.shape as [number]
    images.dispose()
    for (let i = 0; i < here; i++, row++)
      for (const place of places.get(row) ?? [])
        samples.set(values.subarray(i * size, (i + 1) * size), place * size)
  }
  await writeAside(
    file,
    encodePng(
      tileGrid({
        samples,
        sampleShape: dataset.sampleShape,
        count: count * (1 + nearest),
        columns: count,
        scale: enlargement(dataset.sampleShape),
      }),
    ),
  )
}

async function numbersOf(images: AsyncIterable<tf.Tensor>): Promise<Float32Array> {
  const parts: Float32Array[] = []
  for await (const piece of images) {
    parts.push(await piece.data<'float32'>())
    piece.dispose()
  }
  return Float32Array.from(parts.flatMap(part => [...part]))
}
