import type { Prng, StyleMeta } from '@dicebear/core'

/** Whose drawing it is, and on what terms. */
export interface CartoonCredit {
  readonly title: string
  readonly creator: string
  /** Where the drawing is published. */
  readonly source: string
  readonly licence: string
  readonly licenceUrl: string
}

/** A label for each trait, by the trait's name. */
export type Face = Record<string, string>

/** A style of DiceBear as a set of faces to learn from. */
export interface FaceStyle {
  readonly name: CartoonStyle
  readonly credit: CartoonCredit
  /** The square of the drawing that is shown, in its own units: x, y, width, height. */
  readonly viewBox: string
  readonly traits: readonly Trait[]
  /** Parts that are the same in each face. */
  readonly fixed: Parts
  /** Changes labels that don't go together, so that they tell what the picture shows. */
  settle?(face: Face): void
  /** Changes the drawing before it is rendered. */
  adapt?(body: string): string
  /** DiceBear's own: parts to the text of an SVG. */
  create(given: { prng: Prng; options: Parts }): { body: string }
}

export type CartoonStyle = 'personas' | 'toon-head' | 'big-ears'

/** What a package of DiceBear says of its drawing. */
export function creditOf({ title = '', creator = '', source = '', license }: StyleMeta): CartoonCredit {
  return { title, creator, source, licence: license?.name ?? '', licenceUrl: license?.url ?? '' }
}

/** What a style of DiceBear is told: for each component or colour the one to take, or none, and its probability. */
export type Parts = Readonly<Record<string, readonly string[] | number>>

/** One thing that differs from face to face, and that a label tells of. */
export interface Trait {
  readonly name: string
  readonly values: readonly TraitValue[]
}

export interface TraitValue {
  readonly name: string
  /** How often it is drawn, relative to the other values. */
  readonly weight: number
  /** What draws it; later traits go before earlier ones. */
  readonly parts: Parts
}

/**
 * A trait that is one component or colour of DiceBear.
 * @param choices from the label to DiceBear's name of it, or null for none
 * @param weights how often, relative to the others. Default 1
 */
export function trait(
  name: string,
  part: string,
  choices: Readonly<Record<string, string | null>>,
  weights: Readonly<Record<string, number>> = {},
): Trait {
  const values = Object.entries(choices).map(([label, choice]) => ({
    name: label,
    weight: weights[label] ?? 1,
    parts: { [part]: choice === null ? [] : [choice], [`${part}Probability`]: choice === null ? 0 : 100 },
  }))
  return { name, values }
}
