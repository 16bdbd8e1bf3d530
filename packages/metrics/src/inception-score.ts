import { checkRows, checkWhole, type FeatureRows, refuse } from './feature-rows.ts'

export interface InceptionScore {
  /** From 1 to the number of classes; no unit. */
  readonly mean: number
  /** Of the splits' scores, divided by their number. */
  readonly deviation: number
}

/**
 * The Inception score (Salimans et al. 2016, arXiv 1606.03498, section 4), of a classifier's p(y|x) = softmax(logits):
 *
 *     exp(E KL(p(y|x) ‖ p(y)))     p(y) the mean of p(y|x)
 *
 * over `splits` stretches of the samples, one score each. 1 where all samples get the same verdict; the number of classes
 * where each is sure and all classes are as many. Only fakes are looked at, so it can't tell what is real.
 *
 * @param logits before softmax, a row a sample, a column a class
 */
export function inceptionScore(
  logits: FeatureRows,
  { splits = 10 }: { readonly splits?: number } = {},
): InceptionScore {
  checkWhole('splits', splits, 1)
  checkRows('the logits', logits, 2 * splits)
  if (logits.size < 2)
    refuse(`the logits are of ${logits.size} class, expected at least 2: take a classifier`)
  const edge = (i: number) => Math.floor((i * logits.count) / splits)
  const scores = Array.from({ length: splits }, (_, i) => scoreOf(logits, edge(i), edge(i + 1)))
  const mean = scores.reduce((sum, score) => sum + score, 0) / splits
  const deviation = Math.sqrt(scores.reduce((sum, score) => sum + (score - mean) ** 2, 0) / splits)
  return { mean, deviation }
}

/** E KL(p(y|x) ‖ p(y)) = E Σ p(y|x)·log p(y|x) − Σ p(y)·log p(y). */
function scoreOf({ values, size }: FeatureRows, from: number, to: number): number {
  const classes = new Float64Array(size)
  let sureness = 0
  for (let i = from; i < to; i++) {
    const row = values.subarray(i * size, (i + 1) * size)
    let most = Number.NEGATIVE_INFINITY
    for (const logit of row) most = Math.max(most, logit)
    let total = 0
    for (const logit of row) total += Math.exp(logit - most)
    for (let c = 0; c < size; c++) {
      const log = row[c]! - most - Math.log(total)
      const p = Math.exp(log)
      classes[c]! += p / (to - from)
      sureness += (p * log) / (to - from)
    }
  }
  const spread = classes.reduce((sum, p) => sum + (p > 0 ? p * Math.log(p) : 0), 0)
  return Math.exp(sureness - spread)
}
