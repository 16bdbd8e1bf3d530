/** A stretch of the embedded digits, in the order of `mnist()` without shuffling: `from`, included, to `to`, excluded. */
export interface DigitsPart {
  readonly from: number
  readonly to: number
}

/**
 * The part of the 10,000 embedded digits that `digitFeatures` was trained on, and the part that it has never seen. The
 * digits were shuffled once before they were embedded, so both are mixtures of all classes: the held-out part has
 * between 18.5% and 21.7% of each.
 */
export const digitsSplit: { readonly trained: DigitsPart; readonly heldOut: DigitsPart } = {
  trained: { from: 0, to: 8000 },
  heldOut: { from: 8000, to: 10_000 },
}
