import { chooseFace } from './choose-face.ts'
import { faceSvg } from './face-svg.ts'
import type { FaceSettings } from './options.ts'
import { renderRgb } from './renderer.ts'
import { stylesByName } from './styles.ts'

/** A number that goes up with every change of choices or drawing; caches of another one are made anew. */
export const drawingVersion = 1

export interface DrawnFace {
  /** [size, size, 3] */
  readonly bytes: Uint8Array<ArrayBuffer>
  /** One code an attribute of the style. */
  readonly codes: Uint8Array
}

/** Draws face `index`; `startRenderer` has been waited for. */
export function drawFace({ style: name, seed, size }: FaceSettings, index: number): DrawnFace {
  const style = stylesByName[name]
  const { codes, parts } = chooseFace(style, seed, index)
  return { bytes: renderRgb(faceSvg(style, parts), size), codes }
}
