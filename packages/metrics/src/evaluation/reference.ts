import { checkInteger } from '@gankit/core'
import { computeMoments, type Moments } from '../distances/moments.ts'
import { type Bins, computeBins } from '../distances/ndb.ts'
import { throwDataError } from '../features/feature-rows.ts'
import type { Features } from '../features/features.ts'

/** Features of real samples in two halves: fakes are compared with one, and the other gives the floor. */
export interface ReferenceStatistics {
  readonly extractor: { readonly name: string; readonly sha256: string }
  /** Names the real samples, for metric values. */
  readonly split: string
  /** Samples per half. */
  readonly count: number
  /** The half that fakes are compared with. */
  readonly features: Features
  /** The other half: compared with the first it gives the floor. */
  readonly floorFeatures: Features
  /** All real samples, both halves and more: the nearest neighbors of fakes are searched among them. */
  readonly allFeatures: Features
  /** The floors that are known so far, by metric. */
  readonly floors: Map<string, number>
  /** Moments of `features`; computed once. */
  moments(): Moments
  /** Bins of `features`; computed once. */
  bins(): Bins
}

interface ReferenceOptions {
  readonly extractor: { readonly name: string; readonly sha256: string }
  readonly split: string
  readonly count: number
  readonly floors?: Iterable<readonly [string, number]>
}

/**
 * Divides the features of real samples, which must be in random order, into a reference and as many others for the floor.
 * @throws GankitError for fewer samples than twice `count`
 */
export function createReference(
  allFeatures: Features,
  { extractor, split, count, floors }: ReferenceOptions,
): ReferenceStatistics {
  checkInteger('metrics', 'count', count, 2)
  if (allFeatures.count < 2 * count)
    throwDataError(
      `there are ${allFeatures.count} real samples, expected ${2 * count}: half of them are what fakes are held against, half give the floor; ask for a count up to ${Math.floor(allFeatures.count / 2)}`,
    )
  const features = sliceFeatures(allFeatures, 0, count)
  let moments: Moments | undefined
  let bins: Bins | undefined
  return {
    extractor,
    split,
    count,
    features,
    floorFeatures: sliceFeatures(allFeatures, count, 2 * count),
    allFeatures,
    floors: new Map(floors),
    moments: () => (moments ??= computeMoments(features)),
    bins: () => (bins ??= computeBins(features)),
  }
}

/** The features of consecutive samples; views, not copies. */
function sliceFeatures({ values, size, count, logits }: Features, from: number, to: number): Features {
  const classes = (logits?.length ?? 0) / count
  return {
    values: values.subarray(from * size, to * size),
    count: to - from,
    size,
    ...(logits && { logits: logits.subarray(from * classes, to * classes) }),
  }
}
