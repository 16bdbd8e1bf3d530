import { GankitError } from '@gankit/core'
import type { TrainingSettings } from './settings/types.ts'

/** A generator that learns from fewer images than this copies them, whatever is done. */
const minImages = 200

/** Samples in a batch, at the least: batch normalization of one sample gives 0. */
const minBatch = 2

/**
 * The batch that a dataset allows, where it has fewer samples than the batch.
 * @param size samples in the smallest dataset
 * @param report gets a line for a person about a batch that is smaller than it should be
 * @throws GankitError for a dataset that has less than a batch can be
 */
export function fitBatch(
  training: TrainingSettings,
  size: number,
  report: (line: string) => void,
): TrainingSettings {
  const { batch } = training
  if (size >= batch) return training
  if (size < minBatch)
    throw new GankitError(
      'experiment',
      'data',
      `the data have ${size} ${size === 1 ? 'sample' : 'samples'}, expected at least ${minBatch}: bring more`,
    )
  report(`         ${size.toLocaleString('en')} samples are fewer than a batch of ${batch}: batches of ${size} are taken`)
  return { ...training, batch: size }
}

/**
 * Turns augmentation on for a dataset that is smaller than the preset needs.
 * @param size images in the dataset
 * @param report gets a line for a person about each thing that is done or can't be helped
 */
export function augmentSmallDataset(
  training: TrainingSettings,
  size: number,
  report: (line: string) => void,
): TrainingSettings {
  const { augmentation, augmentBelow = 0 } = training
  if (size >= augmentBelow) return training
  const images = `${size.toLocaleString('en')} images`
  if (size < minImages)
    report(`Warning  ${images} are too few to learn from: expect copies of them; bring ${minImages} or more`)
  if (augmentation) return training
  report(
    `         ${images} are fewer than the ${augmentBelow.toLocaleString('en')} that this preset needs: all images that D sees are changed at random (DiffAugment); --no-augment turns that off`,
  )
  return { ...training, augmentation: {} }
}
