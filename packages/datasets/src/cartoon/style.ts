import type { Prng, StyleMeta } from '@dicebear/core'

/** The names of all styles. */
export const cartoonStyleNames = ['personas', 'toon-head', 'big-ears'] as const

export type CartoonStyle = (typeof cartoonStyleNames)[number]

/** The ways in which a face can be drawn. */
export const cartoonDrawingNames = [
  'picture',
  'labels',
  'edges',
  'outline',
  'gray',
  'painted',
  'pencil',
] as const

export type CartoonDrawing = (typeof cartoonDrawingNames)[number]

/** The author of a style, and the terms of use. */
export interface CartoonCredit {
  readonly title: string
  readonly creator: string
  /** The address where the drawing is published. */
  readonly source: string
  readonly license: string
  readonly licenseUrl: string
}

/** The name of the value of each trait, by the trait's name. */
export type Face = Record<string, string>

/** A style of DiceBear as a set of faces to learn from. */
export interface FaceStyle {
  readonly name: CartoonStyle
  readonly credit: CartoonCredit
  /** The square of the drawing that is shown, in the drawing's units: x, y, width, height. */
  readonly viewBox: string
  readonly traits: readonly Trait[]
  /** Parts that are the same in each face. */
  readonly fixed: Parts
  /** Changes values that don't go together, so that the attributes describe what the picture shows. */
  reconcile?(face: Face): void
  /** Changes the drawing before it is rendered. */
  adapt?(body: string): string
  /** DiceBear's function from parts to the text of an SVG. */
  create(given: { prng: Prng; options: Parts }): { body: string }
}

/** Options of a DiceBear style: for each component or color its only choice, or none, and its probability. */
export type Parts = Readonly<Record<string, readonly string[] | number>>

/** A property that differs from face to face; it becomes an attribute. */
export interface Trait {
  readonly name: string
  readonly values: readonly TraitValue[]
}

export interface TraitValue {
  readonly name: string
  /** How often the value is chosen, relative to the others. */
  readonly weight: number
  /** The parts that draw it; those of later traits override earlier ones. */
  readonly parts: Parts
}

/**
 * Makes a trait of one component or color of DiceBear.
 * @param choices from the value's name to DiceBear's name of it, or null for none
 * @param weights how often each value is chosen, relative to the others. Default 1
 */
export function trait(
  name: string,
  part: string,
  choices: Readonly<Record<string, string | null>>,
  weights: Readonly<Record<string, number>> = {},
): Trait {
  const values = Object.entries(choices).map(([value, choice]) => ({
    name: value,
    weight: weights[value] ?? 1,
    parts: { [part]: choice === null ? [] : [choice], [`${part}Probability`]: choice === null ? 0 : 100 },
  }))
  return { name, values }
}

/** Reads author and terms from the metadata of a DiceBear package. */
export function readCredit({ title = '', creator = '', source = '', license }: StyleMeta): CartoonCredit {
  return { title, creator, source, license: license?.name ?? '', licenseUrl: license?.url ?? '' }
}
