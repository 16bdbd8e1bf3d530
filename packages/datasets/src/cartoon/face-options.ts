import { GankitError, parseOptions } from '@gankit/core'
import * as v from 'valibot'
import { checkDrawnSize, type DrawnOptions, drawnSchemas } from '../drawn/drawn-options.ts'
import { dataOptions } from '../options.ts'
import type { CartoonDrawing, CartoonStyle } from './style.ts'

export interface FaceOptions extends DrawnOptions {
  /** The style of the drawings; `cartoonStyles` names their authors. Default 'personas'. */
  readonly style?: CartoonStyle
  /** How they are drawn: face n is the same in each drawing, `cartoonLabels` has the colors of 'labels'. Default 'picture'. */
  readonly drawing?: CartoonDrawing
  /**
   * The standard deviation of normal noise on each value, from 0 to 1, in units of [−1, 1]. Of 'labels' none is noisy. Default 0.
   */
  readonly noise?: number
  /** The standard deviation of the number that each channel of a face is shifted by, from 0 to 1. Of 'labels' none is. Default 0. */
  readonly colorCast?: number
}

/** Options with their defaults in place. */
export type FaceSettings = Required<FaceOptions>

const { style, drawing, noise, colorCast } = dataOptions
const schema = v.object({
  ...drawnSchemas,
  style: v.optional(style.schema, style.default),
  drawing: v.optional(drawing.schema, drawing.default),
  noise: v.optional(noise.schema, noise.default),
  colorCast: v.optional(colorCast.schema, colorCast.default),
})

/** Checks options and fills in their defaults. @throws GankitError that names the option at fault */
export function parseFaceOptions(options: FaceOptions): FaceSettings {
  checkDrawnSize(options, 'cartoon faces')
  const settings = parseOptions('datasets', schema, options)
  const { size, drawing, reduce } = settings
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
