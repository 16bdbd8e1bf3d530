import type { Prng } from '@dicebear/core'
import { chooseFace } from './choose-face.ts'
import type { FaceSettings } from './face-options.ts'
import { renderRgb } from './renderer.ts'
import type { FaceStyle, Parts } from './style.ts'
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

/** The text of a face's drawing. */
export function faceSvg({ create, adapt, viewBox }: FaceStyle, parts: Parts): string {
  const { body } = create({ prng: undecided, options: parts })
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${viewBox}" fill="none">${adapt?.(body) ?? body}</svg>`
}

/** In the place of DiceBear's random numbers: takes what it is given, so that each part is the one we chose. */
const undecided = {
  pick: <T>(values: readonly T[], fallback?: T) => (values.length === 0 ? (fallback as T) : values[0]!),
  bool: (likelihood = 50) => likelihood === 100,
} as Partial<Prng> as Prng
