import { parseOptions, wholeNumber } from '@gankit/core'
import * as v from 'valibot'
import type { CartoonStyle } from './style.ts'

export interface FaceOptions {
  /** How many faces; 1 to 10,000,000. A larger set begins with the faces of a smaller one. Default 20,000. */
  readonly count?: number
  /** Pixels a side, 8 to 512. Default 64. */
  readonly size?: number
  /** Another seed has other faces. Default 0. */
  readonly seed?: number
  /** Whose drawings; `cartoonStyles` says more. Default 'personas'. */
  readonly style?: CartoonStyle
}

/** Options with their defaults in place. */
export type FaceSettings = Required<FaceOptions>

const schema = v.object({
  count: v.optional(v.pipe(wholeNumber(1), v.maxValue(10_000_000)), 20_000),
  size: v.optional(v.pipe(wholeNumber(8), v.maxValue(512)), 64),
  seed: v.optional(wholeNumber(0), 0),
  style: v.optional(v.picklist(['personas', 'toon-head', 'big-ears']), 'personas'),
})

/** Checks options and fills in their defaults. @throws GankitError that names the option at fault */
export function faceSettings(options: FaceOptions): FaceSettings {
  return parseOptions('datasets', schema, options)
}
