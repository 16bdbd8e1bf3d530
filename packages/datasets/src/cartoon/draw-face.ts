import type { Prng } from '@dicebear/core'
import { chooseFace } from './choose-face.ts'
import type { FaceSettings } from './face-options.ts'
import { renderRgb } from './renderer.ts'
import type { FaceStyle, Parts } from './style.ts'
import { stylesByName } from './styles.ts'

/** Goes up with every change of choices, names or drawing, so that caches of an earlier version are made anew. */
export const drawingVersion = 2

export interface DrawnFace {
  /** [size, size, 3] */
  readonly bytes: Uint8Array<ArrayBuffer>
  /** For each attribute of the style the index of its value. */
  readonly attributes: Uint8Array
}

/** Draws face `index`; await `startRenderer` before. */
export function drawFace({ style: name, seed, size }: FaceSettings, index: number): DrawnFace {
  const style = stylesByName[name]
  const { attributes, parts } = chooseFace(style, seed, index)
  return { bytes: renderRgb(formatFaceSvg(style, parts), size), attributes }
}

/** The text of a face's drawing. */
export function formatFaceSvg({ create, adapt, viewBox }: FaceStyle, parts: Parts): string {
  const { body } = create({ prng: fixedChoices, options: parts })
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${viewBox}" fill="none">${adapt?.(body) ?? body}</svg>`
}

/** Replaces DiceBear's random numbers: it takes the only choice there is, so that each part is the one we chose. */
const fixedChoices = {
  pick: <T>(values: readonly T[], fallback?: T) => (values.length === 0 ? (fallback as T) : values[0]!),
  bool: (likelihood = 50) => likelihood === 100,
} as Partial<Prng> as Prng
