import { GankitError } from '@gankit/core'
import type { TrainingSettings } from './settings/types.ts'

/** A generator that learns from fewer images than this copies them, whatever is done. */
const minImages = 200

/**
 * Fits training settings to a dataset that is smaller than the preset needs: batches of no more samples than there are, and
 * augmentation.
 * @param size samples in the dataset
 * @param report gets a line for a person about each thing that is done or can't be helped
 * @throws GankitError for a dataset of one sample
 */
export function fitToDataset(
  training: TrainingSettings,
  size: number,
  report: (line: string) => void,
): TrainingSettings {
  return augmentSmallDataset(fitBatch(training, size, report), size, report)
}

/** The fewest samples in a batch, as the table of settings says. */
const minBatch = 2

function fitBatch(
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
      `--data has ${size} sample, expected at least ${minBatch}: bring more`,
    )
  report(
    `Warning  a batch takes ${batch} samples, and there are ${size}: batches are of ${size}; --batch takes fewer still`,
  )
  return { ...training, batch: size }
}

function augmentSmallDataset(
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
