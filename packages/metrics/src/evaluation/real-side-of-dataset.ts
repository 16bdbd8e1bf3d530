import { type Dataset, GankitError } from '@gankit/core'
import { checkWhole } from '../feature-rows.ts'
import type { Extractor, Features } from '../features.ts'
import { featuresOf } from '../features-of.ts'
import { sha256Of } from '../sha256.ts'
import { protocolVersion } from './figure.ts'
import { imagesOfDataset } from './images-of.ts'
import { type RealSide, realSideOf } from './real-side.ts'
import { decodeSide, encodeSide, type FigureStore } from './stored-side.ts'

export interface RealOptions {
  /** Samples of a half. Default: half of the dataset, at most 5,000. */
  readonly count?: number
  /** Seed of the order, and so of the halves. Default 0. */
  readonly seed?: number
  /** What the figures call the data. Default 'data'. */
  readonly name?: string
  /** Whether only the halves are looked at: then copies are looked for among fewer, and it is had sooner. Default false. */
  readonly halvesOnly?: boolean
  /** Where features and floors are kept, by the hash of the images. Default: nowhere. */
  readonly store?: FigureStore
}

/** A real side that keeps what it learns. */
export interface DatasetSide extends RealSide {
  /** Keeps floors that were not known before. */
  save(): Promise<void>
}

/** Of the images that copies are looked for among, at most: as pixels they are 160 MB. */
const mostNumbers = 4e7
const mostSamples = 20_000
const usualHalf = 5000

/**
 * The features of a dataset's samples. Where a store knows them, the images are only read and hashed.
 * @throws GankitError for a dataset of fewer than twice `count`, and as `featuresOf`
 */
export async function realSideOfDataset(
  dataset: Dataset,
  extractor: Extractor,
  options: RealOptions = {},
): Promise<DatasetSide> {
  const { seed = 0, name = 'data', halvesOnly = false, store } = options
  const count = options.count ?? Math.min(usualHalf, Math.floor(dataset.size / 2))
  checkWhole('count', count, 2)
  if (dataset.size < 2 * count)
    throw new GankitError(
      'metrics',
      'data',
      `${name} has ${dataset.size} samples, expected ${2 * count}: half of them are what fakes are held against, half give the floor; ask for a count up to ${Math.floor(dataset.size / 2)}, or bring more`,
    )
  const numbers = dataset.sampleShape.reduce((product, side) => product * side, 1)
  const most = halvesOnly ? 0 : Math.min(mostSamples, Math.floor(mostNumbers / numbers))
  const taken = Math.min(dataset.size, Math.max(2 * count, most))
  const key = store && (await keyOf(dataset, extractor, { count, taken, seed }))
  const bytes = key === undefined ? undefined : await store!.read(key)
  const known = bytes && (await decodeSide(bytes))
  const features: Features =
    known?.features ?? (await featuresOf(imagesOfDataset(dataset, taken, seed), extractor, { count: taken }))
  const side = realSideOf(features, {
    extractor,
    count,
    split: `${name}: ${count.toLocaleString('en')} of ${dataset.size.toLocaleString('en')}, seed ${seed}`,
    floors: Object.entries(known?.floors ?? {}),
  })
  let kept = known ? side.floors.size : -1
  return {
    ...side,
    async save() {
      if (key === undefined || side.floors.size === kept) return
      await store!.write(key, await encodeSide({ features, floors: Object.fromEntries(side.floors) }))
      kept = side.floors.size
    },
  }
}

/** A name for the features and floors of just these images, seen by just this extractor. */
async function keyOf(
  dataset: Dataset,
  extractor: Extractor,
  { count, taken, seed }: { count: number; taken: number; seed: number },
): Promise<string> {
  const hashes: string[] = []
  for await (const images of imagesOfDataset(dataset, taken, seed)) {
    const values = await images.data<'float32'>()
    images.dispose()
    hashes.push(await sha256Of(values as Float32Array<ArrayBuffer>))
  }
  const protocol = { version: protocolVersion, count, taken, shape: dataset.sampleShape, hashes }
  return sha256Of(JSON.stringify({ ...protocol, extractor: extractor.sha256 }))
}
