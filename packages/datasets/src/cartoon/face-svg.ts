import type { Prng } from '@dicebear/core'
import type { FaceStyle } from './style.ts'
import type { Parts } from './trait.ts'

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
