import { type Dataset, disposeBatch } from '@gankit/core'

/** Samples that are looked at, where a dataset has more. */
const maxLooked = 256

/** The share of samples that may be flat. */
const maxFlatShare = 0.05

/** The share of samples that have to differ from all before them. */
const minDifferentShare = 0.5

/** The share of [−1, 1] that samples should use, but for a thousandth of the numbers at each end. */
const minUsedShare = 0.25
const outliers = 0.001

/** Looks for samples that can be read and mean nothing, as numbers come in batch by batch. */
export interface SampleCheck {
  /** @param values samples in [−1, 1], one after another */
  add(values: Float32Array): void
  /** What is odd about the samples so far, a line each. */
  findProblems(): readonly string[]
}

/** @param sampleSize numbers in a sample */
export function createSampleCheck(sampleSize: number): SampleCheck {
  const levels = new Float64Array(256)
  const seen = new Set<number>()
  let [count, flat] = [0, 0]
  return {
    add(values) {
      for (let from = 0; from + sampleSize <= values.length; from += sampleSize) {
        let isFlat = true
        let hash = 0x811c9dc5
        const first = toLevel(values[from]!)
        for (let i = from; i < from + sampleSize; i++) {
          const level = toLevel(values[i]!)
          levels[level]!++
          isFlat &&= level === first
          // FNV-1a.
          hash = Math.imul(hash ^ level, 0x01000193)
        }
        count++
        if (isFlat) flat++
        seen.add(hash)
      }
    },
    findProblems() {
      if (count === 0) return []
      const problems: string[] = []
      const of = `${count.toLocaleString('en')} samples looked at`
      if (flat > count * maxFlatShare && sampleSize > 1)
        problems.push(
          `${flat === count ? 'all' : `${flat} of`} ${of} are flat, one level all over: are they read rightly?`,
        )
      if (seen.size < count * minDifferentShare && flat < count)
        problems.push(
          seen.size === 1
            ? `all ${of} are equal`
            : `the ${of} are only ${seen.size} different ones, many times over`,
        )
      const [low, high] = [findLevel(outliers), findLevel(1 - outliers)]
      if (high - low < minUsedShare * 255 && flat < count)
        problems.push(
          `the ${of} use levels ${low} to ${high} of 255 only: are their numbers of another range, such as 12 bits in 16?`,
        )
      return problems
    },
  }

  /** The level below which this share of the numbers lies. */
  function findLevel(share: number): number {
    let left = share * count * sampleSize
    for (const [level, times] of levels.entries()) {
      left -= times
      if (left < 0) return level
    }
    return 255
  }
}

const toLevel = (value: number) => Math.min(255, Math.max(0, Math.round((value + 1) * 127.5)))

/**
 * Looks at some images of a dataset, and says what is odd about them: flat, equal, or in a small part of the range. Other data
 * have no such levels.
 * @returns a line for a person about each
 */
export async function checkSamples(dataset: Dataset): Promise<readonly string[]> {
  const { size, sampleShape, dtype = 'float32' } = dataset
  if (sampleShape.length !== 3 || dtype !== 'float32') return []
  const check = createSampleCheck(sampleShape.reduce((product, side) => product * side, 1))
  const batches = dataset.batches({
    size: Math.min(32, size),
    seed: 1,
    epochs: 1,
    dropLast: false,
    augment: {},
  })
  let looked = 0
  for await (const batch of batches) {
    check.add(await batch.samples.data<'float32'>())
    looked += batch.samples.shape[0]!
    disposeBatch(batch)
    if (looked >= maxLooked) break
  }
  return check.findProblems()
}
