import { type Bins, binsOf } from '../bins.ts'
import { checkWhole, refuse } from '../feature-rows.ts'
import type { Features } from '../features.ts'
import { type Moments, momentsOf } from '../moments.ts'

/** What is known of the real samples, in the halves that figures and their floors are had from. */
export interface RealSide {
  readonly extractor: { readonly name: string; readonly sha256: string }
  /** Names the real samples. */
  readonly split: string
  /** Samples of a half. */
  readonly count: number
  /** What fakes are held against. */
  readonly reference: Features
  /** As many others: held against the reference they give the floor. */
  readonly other: Features
  /** All that were looked at, for the nearest of each fake. */
  readonly all: Features
  /** Floors that are known by now, by metric. */
  readonly floors: Map<string, number>
  /** Of the reference; computed once. */
  moments(): Moments
  bins(): Bins
}

export interface RealSideOptions {
  readonly extractor: { readonly name: string; readonly sha256: string }
  readonly split: string
  readonly count: number
  readonly floors?: Iterable<readonly [string, number]>
}

/**
 * Features of real samples in random order, cut into a reference and as many others.
 * @throws GankitError for fewer than twice `count`
 */
export function realSideOf(all: Features, { extractor, split, count, floors }: RealSideOptions): RealSide {
  checkWhole('count', count, 2)
  if (all.count < 2 * count)
    refuse(
      `there are ${all.count} real samples, expected ${2 * count}: half of them are what fakes are held against, half give the floor; ask for a count up to ${Math.floor(all.count / 2)}`,
    )
  const reference = between(all, 0, count)
  let moments: Moments | undefined
  let bins: Bins | undefined
  return {
    extractor,
    split,
    count,
    reference,
    other: between(all, count, 2 * count),
    all,
    floors: new Map(floors),
    moments: () => (moments ??= momentsOf(reference)),
    bins: () => (bins ??= binsOf(reference)),
  }
}

/** The features of some samples on end; views, not copies. */
function between({ values, size, count, logits }: Features, from: number, to: number): Features {
  const classes = (logits?.length ?? 0) / count
  return {
    values: values.subarray(from * size, to * size),
    count: to - from,
    size,
    ...(logits && { logits: logits.subarray(from * classes, to * classes) }),
  }
}
