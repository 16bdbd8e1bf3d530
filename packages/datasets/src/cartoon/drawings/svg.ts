import type { Prng } from '@dicebear/core'
import type { FaceStyle, Parts } from '../style.ts'

/** What DiceBear draws of these parts: the content of an SVG. */
export function createBody({ create, adapt }: FaceStyle, parts: Parts): string {
  const { body } = create({ prng: fixedChoices, options: parts })
  return adapt?.(body) ?? body
}

/** The text of an SVG. @param attributes further ones of its root */
export function formatSvg({ viewBox }: FaceStyle, body: string, attributes = ''): string {
  const more = attributes && ` ${attributes}`
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${viewBox}" fill="none"${more}>${body}</svg>`
}

/** The text of a face's drawing. */
export function formatFaceSvg(style: FaceStyle, parts: Parts): string {
  return formatSvg(style, createBody(style, parts))
}

/** Replaces DiceBear's random numbers: it takes the only choice there is, so that each part is the one we chose. */
const fixedChoices = {
  pick: <T>(values: readonly T[], fallback?: T) => (values.length === 0 ? (fallback as T) : values[0]!),
  bool: (likelihood = 50) => likelihood === 100,
} as Partial<Prng> as Prng
