import { checkInteger, GankitError, randomStream } from '@gankit/core'
import type { FeatureRows } from '../features/feature-rows.ts'

export interface RPrecisionOptions {
  /** Captions among which each picture's own is searched, itself included. Default 100. */
  readonly candidates?: number
  /** Seed of the other captions. Default 0. */
  readonly seed?: number
}

/**
 * R-precision with R = 1 (Xu et al. 2017, arXiv 1711.10485, section 4): the share of pictures whose own caption is nearer to them than
 * those of others, by the cosine of embedded pictures and captions. From 0 to 1; 1 / candidates by chance. Of equal captions none is
 * nearer, and the own one counts as found.
 * @param captions embedded, a row each, [n, size]
 * @param pictures of these captions in the same order, embedded in the same space, [n, size]
 * @throws GankitError for other counts and sizes, and fewer captions than candidates
 */
export function rPrecision(
  captions: FeatureRows,
  pictures: FeatureRows,
  { candidates = 100, seed = 0 }: RPrecisionOptions = {},
): number {
  const { count, size } = captions
  checkInteger('metrics', 'candidates', candidates, 2)
  if (pictures.count !== count || pictures.size !== size || count < candidates)
    throw new GankitError(
      'metrics',
      'data',
      `there are ${count} captions of ${size} numbers and ${pictures.count} pictures of ${pictures.size}, expected as many of as many, and at least ${candidates}`,
    )
  const [texts, images] = [captions, pictures].map(toUnitLength) as [Float64Array, Float64Array]
  const random = randomStream(seed, 'metrics/r-precision')
  let found = 0
  for (let i = 0; i < count; i++) {
    const similarity = (caption: number) => {
      let sum = 0
      for (let j = 0; j < size; j++) sum += texts[caption * size + j]! * images[i * size + j]!
      return sum
    }
    const own = similarity(i)
    const others = random
      .permutation(count)
      .filter(caption => caption !== i)
      .subarray(0, candidates - 1)
    // A rounding error doesn't make one of two equal captions the nearer one.
    if (others.every(caption => similarity(caption) <= own + 1e-9)) found++
  }
  return found / count
}

function toUnitLength({ values, count, size }: FeatureRows): Float64Array {
  const units = Float64Array.from(values)
  for (let row = 0; row < count; row++) {
    const of = units.subarray(row * size, (row + 1) * size)
    const length = Math.hypot(...of) || 1
    for (let j = 0; j < size; j++) of[j]! /= length
  }
  return units
}
