import { parseOptions, wholeNumber } from '@gankit/core'
import * as v from 'valibot'
import { dataOptions } from '../options.ts'
import type { CartoonStyle } from './style.ts'

export interface FaceOptions {
  /** Number of faces, 1 to 10,000,000. A larger set begins with the faces of a smaller one. Default 20,000. */
  readonly count?: number
  /** Pixels per side, 8 to 512. Default 64. */
  readonly size?: number
  /** Another seed gives other faces. Default 0. */
  readonly seed?: number
  /** The style of the drawings; `cartoonStyles` names their authors. Default 'personas'. */
  readonly style?: CartoonStyle
}

/** Options with their defaults in place. */
export type FaceSettings = Required<FaceOptions>

const { style, dataSeed } = dataOptions
const schema = v.object({
  count: v.optional(v.pipe(wholeNumber(1), v.maxValue(10_000_000)), 20_000),
  size: v.optional(v.pipe(wholeNumber(8), v.maxValue(512)), 64),
  seed: v.optional(dataSeed.schema, dataSeed.default),
  style: v.optional(style.schema, style.default),
})

/** Checks options and fills in their defaults. @throws GankitError that names the option at fault */
export function parseFaceOptions(options: FaceOptions): FaceSettings {
  return parseOptions('datasets', schema, options)
}
