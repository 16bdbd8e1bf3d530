import { type Attribute, randomStream } from '@gankit/core'
import type { Face, FaceStyle, Parts, Trait, TraitValue } from './style.ts'

/** A face before it is drawn. */
export interface ChosenFace {
  /** For each attribute of the style the index of its value. */
  readonly attributes: Uint8Array
  readonly parts: Parts
}

/** The attributes of a style's faces, one per trait. */
export function listAttributes({ traits }: FaceStyle): readonly Attribute[] {
  return traits.map(({ name, values }) => ({ name, values: values.map(value => value.name) }))
}

/**
 * Chooses face `index` of a seed: the same on every platform, at every size and in sets of any count.
 * @param index whole number from 0 to 2³² − 1
 */
export function chooseFace(style: FaceStyle, seed: number, index: number): ChosenFace {
  const { name, traits, fixed } = style
  const random = randomStream(seed, `datasets/cartoon/${name}`, index).uniform(traits.length)
  const face: Face = {}
  for (const [i, trait] of traits.entries()) face[trait.name] = chooseValue(trait, random[i]!).name
  style.reconcile?.(face)
  const attributes = Uint8Array.from(traits, ({ name, values }) =>
    values.findIndex(value => value.name === face[name]),
  )
  const parts = traits.map(({ values }, i) => values[attributes[i]!]!.parts)
  return { attributes, parts: Object.assign({}, fixed, ...parts) }
}

/** @param random from 0 to below 1 */
function chooseValue({ values }: Trait, random: number): TraitValue {
  let left = random * values.reduce((sum, { weight }) => sum + weight, 0)
  for (const value of values) {
    left -= value.weight
    if (left < 0) return value
  }
  return values[0]!
}
