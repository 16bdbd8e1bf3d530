import type { TrainingSettings } from './settings/types.ts'

/** A generator that learns from fewer images than this copies them, whatever is done. */
const minImages = 200

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
