import { type Attribute, checkInteger } from '@gankit/core'

/** How many of the fakes, and of as many real samples, a classifier gave a value. */
export interface ValueCount {
  /** '4' of a class, 'glasses: round' of another attribute. */
  readonly name: string
  readonly fakes: number
  readonly real: number
}

/** What real samples have and fakes lack, as a classifier sees both. */
export interface Variety {
  /** Fakes, and real samples. */
  readonly count: number
  /** Values that hardly any fake has. */
  readonly missing: readonly ValueCount[]
  /** Values that less than half as many fakes have as real samples. */
  readonly rare: readonly ValueCount[]
  /** Samples from which on a missing value of usual frequency can be told from chance. */
  readonly needed: number
}

/** Fakes with a value, as a share of real samples with it, up to which it is missing, and below which it is rare. */
const [missingShare, rareShare] = [0.05, 0.5]
/** The chance of a false alarm about any of the values. */
const alarmChance = 0.001

/**
 * Holds the values that a classifier gives fakes against those of as many real samples. A value counts as missing or rare where
 * chance alone would seldom leave out as many: by Fisher's exact test on one side (Fisher 1922, doi 10.2307/2340521), with the
 * bound divided by the number of values.
 * @param fakes codes [count, attributes.length], row-major: indices into each attribute's `values`
 * @param real likewise, as many
 * @throws GankitError for other lengths
 */
export function compareVariety(
  attributes: readonly Attribute[],
  fakes: ArrayLike<number>,
  real: ArrayLike<number>,
): Variety {
  checkInteger('metrics', 'the number of codes of real samples', real.length, fakes.length, fakes.length)
  const count = fakes.length / attributes.length
  const values = attributes.flatMap(({ name, values }, column) =>
    values.map((value, code) => ({
      name: name === 'class' ? value : `${name}: ${value}`,
      fakes: countCode(fakes, code, column, attributes.length),
      real: countCode(real, code, column, attributes.length),
    })),
  )
  const bound = alarmChance / values.length
  const lacking = values.filter(
    ({ fakes, real }) => fakes < rareShare * real && fewerByChance(fakes, real, count) < bound,
  )
  const isMissing = ({ fakes, real }: ValueCount) => fakes <= missingShare * real
  return {
    count,
    missing: lacking.filter(isMissing),
    rare: lacking.filter(value => !isMissing(value)),
    needed: findNeeded(Math.max(...attributes.map(({ values }) => values.length)), bound),
  }
}

function countCode(codes: ArrayLike<number>, code: number, column: number, columns: number): number {
  let count = 0
  for (let i = column; i < codes.length; i += columns) if (codes[i] === code) count++
  return count
}

/**
 * The chance that so few of the samples with a value, or fewer, are fakes, if fakes and real samples have it equally often: the
 * lower tail of the hypergeometric distribution.
 * @param count fakes, and as many real samples
 */
export function fewerByChance(fakes: number, real: number, count: number): number {
  const [all, having] = [2 * count, fakes + real]
  const factorials = logFactorials(all)
  const choose = (n: number, k: number) => factorials[n]! - factorials[k]! - factorials[n - k]!
  let chance = 0
  for (let i = Math.max(0, having - count); i <= fakes; i++)
    chance += Math.exp(choose(having, i) + choose(all - having, count - i) - choose(all, count))
  return chance
}

/** The samples of which a missing value is noticed that one of `values` real samples has. */
function findNeeded(values: number, bound: number): number {
  for (let real = 1; ; real++) if (fewerByChance(0, real, real * values) < bound) return real * values
}

/** ln n! for n from 0 to `max`. */
function logFactorials(max: number): Float64Array {
  const sums = new Float64Array(max + 1)
  for (let n = 2; n <= max; n++) sums[n] = sums[n - 1]! + Math.log(n)
  return sums
}
