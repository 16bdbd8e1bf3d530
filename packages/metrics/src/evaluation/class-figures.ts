import { refuse } from '../feature-rows.ts'
import type { Features } from '../features.ts'

/** What a classifier says of samples: how sure it is, and how they are spread over its classes. */
export interface Verdicts {
  /** The mean of the highest probability. */
  readonly confidence: number
  /** The share of each class. */
  readonly shares: readonly number[]
}

/** @throws GankitError where the extractor is no classifier */
export function verdictsOf({ logits, count }: Features): Verdicts {
  if (!logits)
    refuse(
      'the extractor gives no logits, expected those of a classifier: take digitFeatures, or another figure',
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

/** ½·Σ|p − q|, the total variation distance of two distributions over classes; 0 to 1. */
export function totalVariation(p: readonly number[], q: readonly number[]): number {
  return p.reduce((sum, share, i) => sum + Math.abs(share - q[i]!), 0) / 2
}
