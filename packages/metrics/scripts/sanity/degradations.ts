import { type Digits, take } from './digits.ts'
import type { MetricName } from './metrics.ts'
import { blurred, duplicated, noisy, withoutClasses } from './worsen.ts'

/** One way of making digits worse. */
export interface Degradation {
  /** What its levels are. */
  readonly unit: string
  /** The level of real digits as they are. */
  readonly none: number
  /** From the mildest on. */
  readonly levels: readonly number[]
  /** Metrics that don't worsen with it, and needn't: what they measure stays as it is, or the extractor hides it. */
  readonly unseenBy: readonly MetricName[]
  /**
   * `count` digits at a level.
   * @param rest digits that stand for a perfect generator's: their first `count` are what is made worse
   */
  at(rest: Digits, level: number, count: number): Digits
}

export type DegradationName = 'noise' | 'blur' | 'dropped classes' | 'duplicates'

export const degradations: Readonly<Record<DegradationName, Degradation>> = {
  noise: {
    unit: 'standard deviation',
    none: 0,
    levels: [0.1, 0.2, 0.3, 0.5, 0.8, 1.2],
    unseenBy: ['precision', 'density'],
    at: (rest, std, count) => noisy(untouched(rest, count), std),
  },
  blur: {
    unit: 'σ in pixels',
    none: 0,
    levels: [0.5, 0.7, 1, 1.5, 2, 3],
    unseenBy: ['precision', 'density'],
    at: (rest, sigma, count) => blurred(untouched(rest, count), sigma),
  },
  'dropped classes': {
    unit: 'of 10',
    none: 0,
    levels: [2, 4, 6, 8],
    unseenBy: ['precision', 'density'],
    at: (rest, dropped, count) => withoutClasses(rest, dropped, count),
  },
  duplicates: {
    unit: 'copies of each',
    none: 1,
    levels: [2, 3, 5, 10, 20, 50],
    unseenBy: ['precision', 'density', 'Inception score'],
    at: (rest, copies, count) => duplicated(untouched(rest, count), Math.round(count / copies)),
  },
}

export const degradationNames = Object.keys(degradations) as DegradationName[]

/** The first of them, as they are. */
export function untouched(rest: Digits, count: number): Digits {
  return take(
    rest,
    Uint32Array.from({ length: count }, (_, i) => i),
  )
}
