import * as tf from '@tensorflow/tfjs'
import { GankitError } from './errors.ts'
import type { RandomStream } from './random.ts'

/** A property of which every sample has one value, such as hair color or glasses. */
export interface Attribute {
  readonly name: string
  /** The names of its values; a sample's value is stored as an index into them. */
  readonly values: readonly string[]
}

/** An attribute that a generator can be conditioned on, and how often training draws each of its values. */
export interface ConditionAttribute extends Attribute {
  /** How often each value is drawn, summing to 1. Default: all equally often. */
  readonly shares?: readonly number[]
}

/** Categories: one value of each attribute, as one-hot numbers [n, Σ values] in the order of the attributes. */
export interface CategoricalCondition {
  readonly kind: 'categories'
  /** Each with at least two values. */
  readonly attributes: readonly ConditionAttribute[]
}

/** An image, [n, height, width, channels] in [−1, 1]: what an image-to-image generator translates. */
export interface ImageCondition {
  readonly kind: 'image'
  /** [height, width, channels] */
  readonly shape: readonly [height: number, width: number, channels: number]
}

/** A sequence of token numbers, int32 [n, length], each from 0 to below `vocabulary`: a caption. */
export interface TokenCondition {
  readonly kind: 'tokens'
  readonly length: number
  readonly vocabulary: number
  /** Where tokens are words: the word of each number, `vocabulary` of them. 0 is no word, and 1 stands for all unknown ones. */
  readonly words?: readonly string[]
  /** Sequences of which conditions are drawn where none are given, each of `length` numbers. Default: they have to be given. */
  readonly examples?: readonly (readonly number[])[]
}

/** A vector of numbers, [n, size]: an embedding. */
export interface VectorCondition {
  readonly kind: 'vector'
  readonly size: number
}

/**
 * What a conditional generator and discriminator get as their second input, `G(z, c)` and `D(x, c)` (Mirza and Osindero
 * 2014, arXiv 1411.1784). Plain data, so that a run and a saved model can name it.
 */
export type Condition = CategoricalCondition | ImageCondition | TokenCondition | VectorCondition

/** The shape of one sample's condition: [Σ values], [height, width, channels], [length] or [size]. */
export function conditionShape(condition: Condition): number[] {
  switch (condition.kind) {
    case 'categories':
      return [countValues(condition.attributes)]
    case 'image':
      return [...condition.shape]
    case 'tokens':
      return [condition.length]
    case 'vector':
      return [condition.size]
  }
}

/** The length of the one-hot vector of these attributes. */
function countValues(attributes: readonly Attribute[]): number {
  return attributes.reduce((sum, { values }) => sum + values.length, 0)
}

/**
 * One-hot numbers of attribute values.
 * @param codes [n, attributes], row-major: of each sample an index into the values of each attribute
 * @returns [n, Σ values], row-major
 * @throws GankitError for codes that are no whole rows, and for one that has no value
 */
export function encodeCategories(attributes: readonly Attribute[], codes: ArrayLike<number>): Float32Array {
  const size = countValues(attributes)
  const n = codes.length / attributes.length
  if (!Number.isInteger(n))
    throw new GankitError(
      'core',
      'data',
      `${codes.length} codes are no whole rows of ${attributes.length} attributes (${listNames(attributes)})`,
    )
  const numbers = new Float32Array(n * size)
  for (let row = 0, at = 0; row < n; row++)
    for (const [i, { name, values }] of attributes.entries()) {
      const code = codes[row * attributes.length + i]!
      if (!(code < values.length))
        throw new GankitError(
          'core',
          'data',
          `a sample has code ${code} of ${name}, expected one below ${values.length}: ${values.join(', ')}`,
        )
      numbers[at + code] = 1
      at += values.length
    }
  return numbers
}

/**
 * Draws categories as often as their shares say, each sample's after the other, so that the first ones are the same
 * whatever the count.
 * @returns codes [count, attributes], row-major
 */
export function sampleCategories(
  { attributes }: CategoricalCondition,
  count: number,
  random: RandomStream,
): Uint8Array {
  const drawn = random.uniform(count * attributes.length)
  return Uint8Array.from(drawn, (place, i) => valueAt(attributes[i % attributes.length]!, place))
}

/** The value that a uniform number from 0 to 1 falls to. */
function valueAt({ values, shares }: ConditionAttribute, place: number): number {
  if (!shares) return Math.floor(place * values.length)
  let left = place
  for (const [value, share] of shares.entries()) {
    left -= share
    if (left < 0) return value
  }
  // Shares whose sum falls short of 1 by a rounding error.
  return shares.findLastIndex(share => share > 0)
}

/** Draws one-hot categories as a tensor that the caller owns. @returns [count, Σ values] */
export function sampleCondition(
  condition: CategoricalCondition,
  count: number,
  random: RandomStream,
): tf.Tensor2D {
  const codes = sampleCategories(condition, count, random)
  const numbers = encodeCategories(condition.attributes, codes)
  return tf.tensor2d(numbers, [count, conditionShape(condition)[0]!])
}

/** How many numbers one sample's condition has. */
export function conditionSize(condition: Condition): number {
  return sizeOfShape(conditionShape(condition))
}

function listNames(attributes: readonly Attribute[]): string {
  return attributes.map(({ name }) => name).join(', ')
}

/** The number of elements of a tensor of this shape, 1 for a scalar's []. */
export function sizeOfShape(shape: readonly number[]): number {
  return shape.reduce((product, length) => product * length, 1)
}
