import {
  type Attribute,
  type CategoricalCondition,
  type ConditionAttribute,
  GankitError,
  type Generator,
} from '@gankit/core'
import type { InputNumbers } from './inputs.ts'

/** Values by the names of attributes. */
export type AttributeValues = Readonly<Record<string, string>>

/** Reads `glasses=none,hair=red`. @throws GankitError for anything else */
export function parseAttributes(text: string): AttributeValues {
  const pairs = text.split(',').map(pair => pair.split('=').map(part => part.trim()))
  if (!pairs.every(pair => pair.length === 2 && pair.every(Boolean)))
    throw new GankitError(
      'inference',
      'option',
      `attributes are '${text}', expected name=value, as in glasses=none,hair-color=red`,
      { option: 'attributes' },
    )
  return Object.fromEntries(pairs)
}

/**
 * Conditions all samples on these values; attributes without a value stay as they were drawn.
 * @param inputs whose condition is changed in place
 * @param attributes names may be cut short where that leaves one attribute: 'hair' for 'hair-color'
 * @throws GankitError for a generator without categories, and unknown attributes and values
 */
export function setConditions(
  { condition: numbers }: InputNumbers,
  { condition }: Pick<Generator, 'condition'>,
  attributes: AttributeValues,
): void {
  const known = checkCategories(condition)
  const size = countValues(known)
  for (const [name, value] of Object.entries(attributes)) {
    const attribute = findAttribute(known, name)
    const { values } = attribute
    const code = values.indexOf(value)
    if (code < 0)
      throw new GankitError(
        'inference',
        'option',
        `attribute ${attribute.name} is '${value}', expected one of: ${values.join(', ')}`,
      )
    const first = countValues(known.slice(0, known.indexOf(attribute)))
    for (let row = first; row < (numbers?.length ?? 0); row += size) {
      numbers!.fill(0, row, row + values.length)
      numbers![row + code] = 1
    }
  }
}

/**
 * Which value of each attribute one-hot numbers stand for: the largest number's, so that it may be a mixture.
 * @param numbers [n, Σ values], row-major
 * @returns codes [n, attributes], row-major: the way back from `encodeCategories`
 */
export function decodeCategories(
  { attributes }: CategoricalCondition,
  numbers: ArrayLike<number>,
): Uint8Array {
  const rows = numbers.length / countValues(attributes)
  const codes = new Uint8Array(rows * attributes.length)
  let at = 0
  for (let i = 0; i < codes.length; i++) {
    const { length } = attributes[i % attributes.length]!.values
    for (let value = 1; value < length; value++)
      if (numbers[at + value]! > numbers[at + codes[i]!]!) codes[i] = value
    at += length
  }
  return codes
}

function checkCategories(condition: Generator['condition']): readonly ConditionAttribute[] {
  if (condition?.kind === 'categories') return condition.attributes
  throw new GankitError(
    'inference',
    'option',
    `the generator has ${condition ? `a condition of kind ${condition.kind}` : 'no condition'}, expected attributes: leave them out, or train a generator with attributes`,
  )
}

/** The attribute of that name, or the only one whose name begins with it. */
function findAttribute(attributes: readonly ConditionAttribute[], name: string): ConditionAttribute {
  const starting = attributes.filter(attribute => attribute.name.startsWith(name))
  const found =
    attributes.find(attribute => attribute.name === name) ?? (starting.length === 1 ? starting[0] : undefined)
  if (found) return found
  const known = attributes.map(({ name, values }) => `${name} (${values.join(', ')})`)
  throw new GankitError(
    'inference',
    'option',
    `there is no attribute '${name}', expected some of: ${known.join('; ')}`,
  )
}

function countValues(attributes: readonly Attribute[]): number {
  return attributes.reduce((sum, { values }) => sum + values.length, 0)
}
