import { GankitError, parseOptions, wholeNumber } from '@gankit/core'
import * as v from 'valibot'
import { checkReduce } from '../images/image-options.ts'
import { type DataOptions, dataOptions } from '../options.ts'
import type { CartoonDrawing, CartoonStyle } from './style.ts'

export interface FaceOptions {
  /** Number of faces, 1 to 10,000,000. A larger set begins with the faces of a smaller one. Default 20,000. */
  readonly count?: number
  /** Pixels per side, 8 to 512. Default 64. */
  readonly size?: number
  /** Another seed gives other faces. Default 0. */
  readonly seed?: number
  /** The style of the drawings; `cartoonStyles` names their authors. Default 'personas'. */
  readonly style?: CartoonStyle
  /** How they are drawn: face n is the same in each drawing, `cartoonLabels` has the colors of 'labels'. Default 'picture'. */
  readonly drawing?: CartoonDrawing
  /** The factor by which drawings of `size` are made smaller, bicubically; it divides `size`. Default 1. */
  readonly reduce?: number
  /**
   * The standard deviation of normal noise on each value, from 0 to 1, in units of [−1, 1]. Of 'labels' none is noisy. Default 0.
   */
  readonly noise?: number
  /** The standard deviation of the number that each channel of a face is shifted by, from 0 to 1. Of 'labels' none is. Default 0. */
  readonly colorCast?: number
}

/** Options with their defaults in place. */
export type FaceSettings = Required<FaceOptions>

const { style, drawing, reduce, noise, colorCast, dataSeed } = dataOptions
const schema = v.object({
  count: v.optional(v.pipe(wholeNumber(1), v.maxValue(10_000_000)), 20_000),
  size: v.optional(wholeNumber(8), 64),
  seed: v.optional(dataSeed.schema, dataSeed.default),
  style: v.optional(style.schema, style.default),
  drawing: v.optional(drawing.schema, drawing.default),
  reduce: v.optional(reduce.schema, reduce.default),
  noise: v.optional(noise.schema, noise.default),
  colorCast: v.optional(colorCast.schema, colorCast.default),
})

/** Checks options and fills in their defaults. @throws GankitError that names the option at fault */
export function parseFaceOptions(options: FaceOptions): FaceSettings {
  const { size: side = 64 } = options
  if (!(Number.isSafeInteger(side) && side >= 8 && side <= 512))
    throw new GankitError(
      'datasets',
      'option',
      `size is ${JSON.stringify(side)}, expected a whole number from 8 to 512, as cartoon faces are square`,
      { option: 'size' },
    )
  const settings = parseOptions('datasets', schema, options)
  const { size, drawing, reduce } = settings
  checkReduce(reduce, size, size)
  if (drawing === 'labels' && reduce > 1)
    throw new GankitError(
      'datasets',
      'option',
      `reduce is ${reduce} with drawing 'labels', expected 1, as mixed colors stand for no label: set size to ${size / reduce}`,
      { option: 'reduce' },
    )
  // What was asked for pictures and labels at once leaves labels, and their cache, as they are.
  return drawing === 'labels' ? { ...settings, noise: 0, colorCast: 0 } : settings
}

/** The shape of one sample. */
export function findFaceShape({
  size,
  reduce,
}: FaceSettings): readonly [height: number, width: number, channels: 3] {
  return [size / reduce, size / reduce, 3]
}

/** The options of faces out of those that a spec has beside its count, '' where it has none. */
export function toFaceOptions(count: string, { size, dataSeed, ...options }: DataOptions): FaceOptions {
  return {
    ...options,
    ...(count && { count: Number(count) }),
    ...(size !== undefined && { size: size as number }),
    ...(dataSeed !== undefined && { seed: dataSeed }),
  }
}
