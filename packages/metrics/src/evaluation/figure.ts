/** Of the rules by which figures are measured: what counts as real, how halves are drawn. Figures of two don't compare. */
export const protocolVersion = 1

export type Better = 'less' | 'more'

/** A figure, and everything that has to be alike before it may be compared with another. */
export interface Figure {
  /** 'frechet', 'coverage' and so on. */
  readonly metric: string
  /** The mean over the seeds. */
  readonly value: number
  /** Standard deviation between the seeds, divided by their number less one; null for a single one. */
  readonly deviation: number | null
  /** One a seed. */
  readonly values: readonly number[]
  /** The same of as many other real samples, which nobody can beat but by chance; null where there is no such thing. */
  readonly floor: number | null
  readonly better: Better
  readonly nReal: number
  readonly nFake: number
  /** Which real samples: 'reference half of 10,000, seed 0'. */
  readonly split: string
  readonly extractor: { readonly name: string; readonly sha256: string }
  /** The first seed. */
  readonly seed: number
  readonly seeds: readonly number[]
  readonly version: typeof protocolVersion
}

/** Mean and spread of a figure's values. */
export function spreadOf(values: readonly number[]): {
  readonly value: number
  readonly deviation: number | null
} {
  const value = values.reduce((sum, each) => sum + each, 0) / values.length
  if (values.length < 2) return { value, deviation: null }
  const squares = values.reduce((sum, each) => sum + (each - value) ** 2, 0)
  return { value, deviation: Math.sqrt(squares / (values.length - 1)) }
}
