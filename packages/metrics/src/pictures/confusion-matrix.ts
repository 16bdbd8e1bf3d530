import { checkInteger } from '@gankit/core'
import { throwDataError } from '../features/feature-rows.ts'

/** How often each class was taken for which. */
export interface ConfusionMatrix {
  readonly classes: number
  /** [classes, classes], row-major: row of the true class, column of the predicted one. */
  readonly counts: Float64Array
}

/**
 * Counts the pixels of each true class by the class that was predicted, over any number of pictures.
 * @param truth class numbers from 0
 * @param predicted as many
 * @throws GankitError for two lengths, and numbers that are no class
 */
export function confusionMatrix(
  truth: ArrayLike<number>,
  predicted: ArrayLike<number>,
  classes: number,
): ConfusionMatrix {
  checkInteger('metrics', 'classes', classes, 1)
  if (truth.length !== predicted.length)
    throwDataError(
      `there are ${truth.length} true classes and ${predicted.length} predicted ones, expected as many`,
    )
  const counts = new Float64Array(classes * classes)
  for (let i = 0; i < truth.length; i++) {
    const [row, column] = [truth[i]!, predicted[i]!]
    for (const number of [row, column])
      if (!(Number.isInteger(number) && number >= 0 && number < classes))
        throwDataError(
          `there is the class ${number} at place ${i}, expected whole numbers from 0 to ${classes - 1}`,
        )
    counts[row * classes + column]! += 1
  }
  return { classes, counts }
}

/** The sum of confusion matrices, as of one set of all their pixels. @throws GankitError for none, and other classes */
export function sumConfusion(matrices: Iterable<ConfusionMatrix>): ConfusionMatrix {
  let sum: ConfusionMatrix | undefined
  for (const { classes, counts } of matrices) {
    sum ??= { classes, counts: new Float64Array(classes * classes) }
    if (sum.classes !== classes)
      throwDataError(`confusion matrices are of ${sum.classes} and ${classes} classes, expected as many`)
    for (let i = 0; i < counts.length; i++) sum.counts[i]! += counts[i]!
  }
  return sum ?? throwDataError('there are no confusion matrices, expected at least one')
}

/** The share of pixels whose class is right. From 0 to 1. @throws GankitError where nothing was counted */
export function pixelAccuracy(matrix: ConfusionMatrix): number {
  const { hits, truths } = countClasses(matrix)
  return sumOf(hits) / sumOf(truths)
}

/** A mean over classes. */
export interface ClassMean {
  readonly value: number
  /** By class; null for a class that was left out of the mean. */
  readonly byClass: readonly (number | null)[]
}

/**
 * The mean over the classes of the share of their pixels that were found: recall, macro-averaged. Classes that the truth
 * lacks are left out.
 * @throws GankitError where nothing was counted
 */
export function meanAccuracy(matrix: ConfusionMatrix): ClassMean {
  const { hits, truths } = countClasses(matrix)
  return averageClasses(hits.map((hit, i) => (truths[i]! > 0 ? hit / truths[i]! : null)))
}

/**
 * Mean intersection over union (the Jaccard index, macro-averaged): of each class the pixels that have it in the truth and in the
 * prediction, divided by those that have it in either; 1 where all are right. Classes absent from both are left out, and
 * not counted as 1. Of several pictures it is usual to sum their matrices first.
 * @param over 'truth' leaves out classes that only the prediction has: there may be more classes than these pictures show, and a
 *   pixel that is taken for one of those counts against its true class all the same
 * @throws GankitError where nothing was counted
 */
export function meanIou(matrix: ConfusionMatrix, over: 'either' | 'truth' = 'either'): ClassMean {
  const { hits, truths, predictions } = countClasses(matrix)
  return averageClasses(
    hits.map((hit, i) => {
      const union = truths[i]! + predictions[i]! - hit
      return (over === 'truth' ? truths[i]! : union) > 0 ? hit / union : null
    }),
  )
}

/** The pixels of each class that are right, that have it in the truth, and that have it in the prediction. */
function countClasses({ classes, counts }: ConfusionMatrix) {
  if (sumOf(counts) === 0) throwDataError('the confusion matrix is empty, expected pixels')
  const numbers = Array.from({ length: classes }, (_, i) => i)
  return {
    hits: numbers.map(i => counts[i * classes + i]!),
    truths: numbers.map(i => sumOf(counts.subarray(i * classes, (i + 1) * classes))),
    predictions: numbers.map(i => sumOf(numbers.map(row => counts[row * classes + i]!))),
  }
}

function averageClasses(byClass: readonly (number | null)[]): ClassMean {
  const counted = byClass.filter(value => value !== null)
  return { value: sumOf(counted) / counted.length, byClass }
}

function sumOf(values: ArrayLike<number>): number {
  let sum = 0
  for (let i = 0; i < values.length; i++) sum += values[i]!
  return sum
}
