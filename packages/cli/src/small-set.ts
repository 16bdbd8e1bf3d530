import type { TrainingSettings } from './app.ts'

/** Fewer images than these can't be learned from, whatever is done with them. */
const fewest = 200

/**
 * Turns augmentation on where there are too few images for a net, and says so.
 * @param report gets a line for whatever is to be said
 */
export function forSmallSet(
  training: TrainingSettings,
  size: number,
  report: (line: string) => void,
): TrainingSettings {
  const { augmentation, augmentBelow = 0 } = training
  if (size >= augmentBelow) return training
  const images = `${size.toLocaleString('en')} images`
  if (size < fewest)
    report(`Warning  ${images} are too few to learn from: expect copies of them; bring ${fewest} or more`)
  if (augmentation) return training
  report(
    `         ${images} are fewer than the ${augmentBelow.toLocaleString('en')} that this preset needs: D sees them changed (DiffAugment); --no-augment leaves that out`,
  )
  return { ...training, augmentation: {} }
}
