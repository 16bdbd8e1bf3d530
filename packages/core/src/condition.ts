import type { RandomStream } from './random.ts'

/** Something that a generator is asked for beside noise: an attribute, and how often it is asked for which value. */
export interface Condition {
  readonly name: string
  /** At least two. */
  readonly values: readonly string[]
  /** How often each value is drawn, summing to 1. Default: all alike. */
  readonly shares?: readonly number[]
}

/** How many numbers of a latent say what is asked for: the last ones. */
export function conditionSize({ conditions = [] }: { readonly conditions?: readonly Condition[] }): number {
  return conditions.reduce((sum, { values }) => sum + values.length, 0)
}

/** The numbers at the end of a latent that ask for these values. @param codes one a condition, an index into its values */
export function askedFor(conditions: readonly Condition[], codes: ArrayLike<number>): Float32Array {
  const numbers = new Float32Array(conditionSize({ conditions }))
  let at = 0
  for (const [i, { values }] of conditions.entries()) {
    numbers[at + codes[i]!] = 1
    at += values.length
  }
  return numbers
}

/** The numbers of one latent that ask for values as often as their shares say. */
export function drawCondition(conditions: readonly Condition[], random: RandomStream): Float32Array {
  const drawn = random.uniform(conditions.length)
  return askedFor(
    conditions,
    conditions.map((condition, i) => valueAt(condition, drawn[i]!)),
  )
}

/** The value that a uniform number from 0 to 1 falls to. */
function valueAt({ values, shares }: Condition, place: number): number {
  if (!shares) return Math.floor(place * values.length)
  let left = place
  for (const [value, share] of shares.entries()) {
    left -= share
    if (left < 0) return value
  }
  // Shares whose sum falls short of 1 by a rounding error.
  return shares.findLastIndex(share => share > 0)
}
