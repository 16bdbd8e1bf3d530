import { checkInteger } from '@gankit/core'
import { checkRows, type FeatureRows, throwDataError } from '../features/feature-rows.ts'
import { mean, standardDeviation } from '../statistics.ts'

interface InceptionScore {
  /** From 1 to the number of classes; no unit. */
  readonly mean: number
  /** Standard deviation of the splits' scores, divided by their number. */
  readonly deviation: number
}

/**
 * The Inception score (Salimans et al. 2016, arXiv 1606.03498, section 4), of a classifier's p(y|x) = softmax(logits):
 *
 *     exp(E KL(p(y|x) ‖ p(y)))     p(y) the mean of p(y|x)
 *
 * over `splits` consecutive parts of the samples, one score each. 1 where the classifier gives all samples the same
 * probabilities; the number of classes where it is sure of each sample and all classes are equally frequent. It looks at
 * fakes alone, so it can't tell whether they are like real samples.
 *
 * @param logits before softmax, a row per sample, a column per class
 * @throws GankitError for fewer than two classes, or fewer than two samples per split
 */
export function inceptionScore(
  logits: FeatureRows,
  { splits = 10 }: { readonly splits?: number } = {},
): InceptionScore {
  checkInteger('metrics', 'splits', splits, 1)
  checkRows('the logits', logits, 2 * splits)
  if (logits.size < 2)
    throwDataError(`the logits are of ${logits.size} class, expected at least 2: take a classifier`)
  const edge = (i: number) => Math.floor((i * logits.count) / splits)
  const scores = Array.from({ length: splits }, (_, i) => scoreSplit(logits, edge(i), edge(i + 1)))
  return { mean: mean(scores), deviation: standardDeviation(scores, 0) }
}

/** E KL(p(y|x) ‖ p(y)) = E Σ p(y|x)·log p(y|x) − Σ p(y)·log p(y). */
function scoreSplit({ values, size }: FeatureRows, from: number, to: number): number {
  const classes = new Float64Array(size)
  let sampleTerm = 0
  for (let i = from; i < to; i++) {
    const row = values.subarray(i * size, (i + 1) * size)
    let max = Number.NEGATIVE_INFINITY
    for (const logit of row) max = Math.max(max, logit)
    let total = 0
    for (const logit of row) total += Math.exp(logit - max)
    for (let c = 0; c < size; c++) {
      const log = row[c]! - max - Math.log(total)
      const p = Math.exp(log)
      classes[c]! += p / (to - from)
      sampleTerm += (p * log) / (to - from)
    }
  }
  const classTerm = classes.reduce((sum, p) => sum + (p > 0 ? p * Math.log(p) : 0), 0)
  return Math.exp(sampleTerm - classTerm)
}
