import type { Prng } from '@dicebear/core'
import type { Parts, Trait } from './trait.ts'

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
