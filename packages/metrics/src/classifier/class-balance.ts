import { throwDataError } from '../features/feature-rows.ts'
import type { Features } from '../features/features.ts'

/** A classifier's view of samples. */
export interface ClassBalance {
  /** The mean over samples of the highest class probability. */
  readonly confidence: number
  /** The share of samples whose most probable class is this one, per class. */
  readonly shares: readonly number[]
}

/** @throws GankitError where the extractor is not a classifier */
export function computeClassBalance({ logits, count }: Features): ClassBalance {
  if (!logits)
    throwDataError(
      'the extractor gives no logits, expected those of a classifier: take digitFeatures, or another metric',
    )
  const classes = logits.length / count
  const shares = new Array<number>(classes).fill(0)
  let confidence = 0
  for (let i = 0; i < count; i++) {
    const row = logits.subarray(i * classes, (i + 1) * classes)
    let best = 0
    for (let c = 1; c < classes; c++) if (row[c]! > row[best]!) best = c
    let total = 0
    for (const logit of row) total += Math.exp(logit - row[best]!)
    shares[best]! += 1 / count
    confidence += 1 / total / count
  }
  return { confidence, shares }
}

/** The total variation distance ½·Σ|p − q| of two distributions over classes; 0 to 1. */
export function totalVariation(p: readonly number[], q: readonly number[]): number {
  return p.reduce((sum, share, i) => sum + Math.abs(share - q[i]!), 0) / 2
}
