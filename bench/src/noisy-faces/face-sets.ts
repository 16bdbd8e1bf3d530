import { type Batch, type Dataset, disposeBatch, sizeOfShape } from '@gankit/core'
import { cartoonFaces } from '@gankit/datasets/node'

/** Noisy faces and their exact label maps: sample n of one belongs to sample n of the other. */
export interface LabeledFaces {
  readonly pictures: Dataset
  readonly labels: Dataset
}

/** Sets of noisy faces; no face is in two of them. */
export interface FaceSets {
  /** Those of which some are labelled. */
  readonly known: LabeledFaces
  /** Those without labels. */
  readonly unlabeled: Dataset
  /** Those that nothing learns from. */
  readonly heldOut: LabeledFaces
}

/** How noisy faces are. */
export interface FaceNoise {
  readonly size: number
  readonly noise: number
  readonly colorCast: number
}

const counts = { known: 1000, unlabeled: 2000, heldOut: 500 } as const

/** Draws the sets, or reads them from the cache. */
export async function openFaceSets(how: FaceNoise): Promise<FaceSets> {
  const open = async (name: keyof typeof counts) => {
    const faces = { ...how, count: counts[name], seed: Object.keys(counts).indexOf(name) }
    return {
      pictures: await cartoonFaces(faces),
      labels: await cartoonFaces({ ...faces, drawing: 'labels' }),
    }
  }
  const { pictures: unlabeled, labels } = await open('unlabeled')
  await labels.close?.()
  return { known: await open('known'), unlabeled, heldOut: await open('heldOut') }
}

/** These faces alone. */
export function selectFaces({ pictures, labels }: LabeledFaces, indices: Uint32Array): LabeledFaces {
  return { pictures: pictures.select!(indices), labels: labels.select!(indices) }
}

/** All samples of a dataset in their order, as plain numbers. */
export async function readAll(dataset: Dataset): Promise<Float32Array> {
  const all = new Float32Array(dataset.size * sizeOfShape(dataset.sampleShape))
  let at = 0
  for await (const batch of dataset.batches({ size: 250, shuffle: false, epochs: 1 })) {
    all.set(await (batch as Batch).samples.data<'float32'>(), at)
    at += batch.samples.size
    disposeBatch(batch as Batch)
  }
  return all
}
