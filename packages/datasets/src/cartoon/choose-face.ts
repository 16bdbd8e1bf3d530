import { type Attribute, randomStream } from '@gankit/core'
import type { Face, FaceStyle, Parts, Trait, TraitValue } from './style.ts'

/** A face before it is drawn. */
export interface ChosenFace {
  /** One code an attribute of the style. */
  readonly codes: Uint8Array
  readonly parts: Parts
}

/** What the labels of a style's faces say. */
export function attributesOf({ traits }: FaceStyle): readonly Attribute[] {
  return traits.map(({ name, values }) => ({ name, values: values.map(value => value.name) }))
}

/**
 * Face `index` of a seed: the same on every platform, at every size and in sets of any count.
 * @param index whole number from 0 to 2³² − 1
 */
export function chooseFace(style: FaceStyle, seed: number, index: number): ChosenFace {
  const { name, traits, fixed } = style
  const random = randomStream(seed, `datasets/cartoon/${name}`, index).uniform(traits.length)
  const face: Face = {}
  for (const [i, trait] of traits.entries()) face[trait.name] = drawn(trait, random[i]!).name
  style.settle?.(face)
  const codes = Uint8Array.from(traits, ({ name, values }) =>
    values.findIndex(value => value.name === face[name]),
  )
  const parts = traits.map(({ values }, i) => values[codes[i]!]!.parts)
  return { codes, parts: Object.assign({}, fixed, ...parts) }
}

/** @param random from 0 to below 1 */
function drawn({ values }: Trait, random: number): TraitValue {
  let left = random * values.reduce((sum, { weight }) => sum + weight, 0)
  for (const value of values) {
    left -= value.weight
    if (left < 0) return value
  }
  return values[0]!
}
