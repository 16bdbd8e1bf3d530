import { checkInteger, type Dataset, GankitError, sha256, sizeOfShape } from '@gankit/core'
import { extractFeatures } from '../features/extract-features.ts'
import type { Extractor, Features } from '../features/features.ts'
import { readImages } from '../features/images.ts'
import { protocolVersion } from './metric-value.ts'
import { createReference, type ReferenceStatistics } from './reference.ts'
import { decodeReference, encodeReference, type ReferenceStore, storedVersion } from './stored-reference.ts'

interface ComputeReferenceOptions {
  /** Samples per half. Default: half of the dataset, at most 5,000. */
  readonly count?: number
  /** Seed of the order of samples, and so of the halves. Default 0. */
  readonly seed?: number
  /** The name of the data in metric values. Default 'data'. */
  readonly name?: string
  /** Whether to extract features of the two halves alone: faster, but data copying is checked against fewer samples. Default false. */
  readonly halvesOnly?: boolean
  /** Keeps features and floors, by the hash of the images. Default: they are not kept. */
  readonly store?: ReferenceStore
}

/** Reference statistics that can be kept in a store. */
export interface CachedReference extends ReferenceStatistics {
  /** Writes features and floors to the store, unless it has all of them. */
  save(): Promise<void>
}

/** Numbers in the samples that data copying is checked against, at most: 160 MB of pixels. */
const maxNumbers = 4e7
/** Samples that data copying is checked against, at most. */
const maxSamples = 20_000
const maxDefaultCount = 5000

/**
 * The reference statistics of a dataset. Where the store has them, the images are only read and hashed.
 * @throws GankitError for a dataset of fewer samples than twice `count`, and as `extractFeatures`
 */
export async function computeReference(
  dataset: Dataset,
  extractor: Extractor,
  options: ComputeReferenceOptions = {},
): Promise<CachedReference> {
  const { seed = 0, name = 'data', halvesOnly = false, store } = options
  const count = options.count ?? Math.min(maxDefaultCount, Math.floor(dataset.size / 2))
  checkInteger('metrics', 'count', count, 2)
  if (dataset.size < 2 * count)
    throw new GankitError(
      'metrics',
      'data',
      `${name} has ${dataset.size} samples, expected ${2 * count}: half of them are what fakes are held against, half give the floor; ask for a count up to ${Math.floor(dataset.size / 2)}, or bring more`,
      { option: 'count' },
    )
  const searched = halvesOnly
    ? 0
    : Math.min(maxSamples, Math.floor(maxNumbers / sizeOfShape(dataset.sampleShape)))
  const taken = Math.min(dataset.size, Math.max(2 * count, searched))
  const key = store && (await computeKey(dataset, extractor, { count, taken, seed }))
  const bytes = key === undefined ? undefined : await store!.read(key)
  const stored = bytes && (await decodeReference(bytes))
  const features: Features =
    stored?.features ?? (await extractFeatures(readImages(dataset, taken, seed), extractor, { count: taken }))
  const reference = createReference(features, {
    extractor,
    count,
    split: `${name}: ${count.toLocaleString('en')} of ${dataset.size.toLocaleString('en')}, seed ${seed}`,
    floors: Object.entries(stored?.floors ?? {}),
  })
  let storedFloors = stored ? reference.floors.size : -1
  return {
    ...reference,
    async save() {
      if (key === undefined || reference.floors.size === storedFloors) return
      const floors = Object.fromEntries(reference.floors)
      await store!.write(key, await encodeReference({ features, floors }))
      storedFloors = reference.floors.size
    },
  }
}

/** A name for the features and floors of these very images, as this very extractor sees them. */
async function computeKey(
  dataset: Dataset,
  extractor: Extractor,
  { count, taken, seed }: { count: number; taken: number; seed: number },
): Promise<string> {
  const hashes: string[] = []
  for await (const images of readImages(dataset, taken, seed)) {
    const values = await images.data<'float32'>()
    images.dispose()
    hashes.push(await sha256(values as Float32Array<ArrayBuffer>))
  }
  return sha256(
    JSON.stringify({
      protocol: protocolVersion,
      stored: storedVersion,
      count,
      taken,
      shape: dataset.sampleShape,
      hashes,
      extractor: extractor.sha256,
    }),
  )
}
