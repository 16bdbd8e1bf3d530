import { normalTail } from '../statistics.ts'

export interface MannWhitney {
  /** Pairs in which x is greater than y; ties count half. From 0 to x.length·y.length. */
  readonly u: number
  /** (U − its mean) / its standard deviation, corrected for ties; 0 where all numbers are equal. */
  readonly z: number
  /** Probability of so small a U if both are from one distribution. */
  readonly pLess: number
  /** Probability of so large a U if both are from one distribution. */
  readonly pGreater: number
}

/**
 * Mann and Whitney's test (1947) of whether numbers x tend to be less or greater than numbers y. The probabilities are of
 * the normal distribution, which U is near to from some eight numbers a side, with a correction for continuity of half a
 * pair.
 */
export function mannWhitney(x: ArrayLike<number>, y: ArrayLike<number>): MannWhitney {
  const [n, m] = [x.length, y.length]
  const all = n + m
  const values = Float64Array.from({ length: all }, (_, i) => (i < n ? x[i]! : y[i - n]!))
  const order = Uint32Array.from(values, (_, i) => i).sort((a, b) => values[a]! - values[b]!)
  let ranks = 0
  let ties = 0
  for (let from = 0; from < all; ) {
    let to = from + 1
    while (to < all && values[order[to]!] === values[order[from]!]) to++
    const tied = to - from
    ties += tied ** 3 - tied
    for (let i = from; i < to; i++) if (order[i]! < n) ranks += (from + 1 + to) / 2
    from = to
  }
  const u = ranks - (n * (n + 1)) / 2
  const difference = u - (n * m) / 2
  const deviation = Math.sqrt(((n * m) / 12) * (all + 1 - ties / (all * (all - 1))))
  if (!(deviation > 0)) return { u, z: 0, pLess: 1, pGreater: 1 }
  return {
    u,
    z: difference / deviation,
    pLess: normalTail(-(difference + 0.5) / deviation),
    pGreater: normalTail((difference - 0.5) / deviation),
  }
}
