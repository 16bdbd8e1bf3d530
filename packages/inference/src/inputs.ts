import {
  checkInteger,
  conditionShape,
  conditionSize,
  encodeCategories,
  GankitError,
  type Generator,
  type GeneratorInputs,
  latentNumbers,
  randomStream,
  sampleCategories,
} from '@gankit/core'
import * as tf from '@tensorflow/tfjs'

/** A generator but for its model: plain data, as a saved model's metadata holds it. */
export type GeneratorDescription = Omit<Generator, 'model'>

/** The inputs of `count` samples as plain numbers; each is there where the generator takes it. */
export interface InputNumbers {
  /** [count, noise.size], row-major. */
  readonly noise?: Float32Array
  /** [count, ...conditionShape], row-major; int32 for tokens. */
  readonly condition?: Float32Array | Int32Array
  readonly count: number
}

/** Inputs that are given and not drawn: images to translate, captions, embeddings. */
export type GivenInputs = Partial<Omit<InputNumbers, 'count'>>

/**
 * The noise that samples of a seed start from; the first rows are the same, whatever the count.
 * @returns [count, noise.size], row-major
 * @throws GankitError for a generator without noise
 */
export function drawNoise({ noise }: Pick<Generator, 'noise'>, count: number, seed: number): Float32Array {
  if (!noise)
    throw new GankitError(
      'inference',
      'option',
      'the generator takes no noise, expected one that does: give its condition',
    )
  checkInteger('inference', 'count', count, 0)
  return latentNumbers(noise, count, randomStream(seed, 'samples/latent'))
}

/**
 * Conditions of samples of a seed: categories as often as their shares say, or one of the examples of tokens; the first rows are the
 * same, whatever the count.
 * @returns one-hot numbers [count, Σ values], or token numbers [count, length], row-major
 * @throws GankitError for conditions that have to be given: images, vectors, and tokens without examples
 */
export function drawConditions(
  { condition }: Pick<Generator, 'condition'>,
  count: number,
  seed: number,
): Float32Array | Int32Array {
  const random = randomStream(seed, 'samples/condition')
  checkInteger('inference', 'count', count, 0)
  if (condition?.kind === 'tokens' && condition.examples) {
    const { examples } = condition
    const drawn = Array.from(random.uniform(count), place => examples[Math.floor(place * examples.length)]!)
    return Int32Array.from(drawn.flat())
  }
  if (condition?.kind !== 'categories')
    throw new GankitError(
      'inference',
      'option',
      condition
        ? `the generator's condition (${condition.kind}) is not given, expected [${[count, ...conditionShape(condition)].join(', ')}]: only categories, and tokens that have examples, are drawn`
        : 'the generator takes no condition, expected categories',
    )
  const codes = sampleCategories(condition, count, random)
  return encodeCategories(condition.attributes, codes)
}

/**
 * All inputs of samples of a seed: noise, categories and tokens with examples are drawn unless given, other conditions must be given.
 * @param given [count, …] each, row-major
 * @throws GankitError for a condition that is missing, and given numbers that don't fit
 */
export function drawInputs(
  generator: GeneratorDescription,
  count: number,
  seed: number,
  given: GivenInputs = {},
): InputNumbers {
  const noise = given.noise ?? (generator.noise && drawNoise(generator, count, seed))
  const condition = given.condition ?? (generator.condition && drawConditions(generator, count, seed))
  const inputs = { count, ...(noise && { noise }), ...(condition && { condition }) }
  checkInputs(generator, inputs)
  return inputs
}

/** @throws GankitError where an input is missing, is one that the generator doesn't take, or has another size */
export function checkInputs(generator: GeneratorDescription, inputs: InputNumbers): void {
  checkInteger('inference', 'count', inputs.count, 0)
  const sizes = {
    noise: generator.noise?.size,
    condition: generator.condition && conditionSize(generator.condition),
  }
  for (const name of ['noise', 'condition'] as const) {
    const [got, size] = [inputs[name]?.length, sizes[name]]
    if (got === (size === undefined ? undefined : size * inputs.count)) continue
    throw new GankitError(
      'inference',
      'data',
      `the inputs of ${inputs.count} samples have ${got === undefined ? 'no' : `${got} numbers of`} ${name}, expected ${size === undefined ? 'none' : `${inputs.count} × ${size}`}`,
    )
  }
}

/** The inputs of samples `from` to below `to` as tensors, which the caller owns. */
export function inputTensors(
  { noise, condition }: GeneratorDescription,
  inputs: InputNumbers,
  from: number,
  to: number,
): GeneratorInputs {
  const cut = (numbers: Float32Array | Int32Array, shape: readonly number[], dtype: 'float32' | 'int32') => {
    const size = numbers.length / inputs.count
    return tf.tensor(numbers.subarray(from * size, to * size), [to - from, ...shape], dtype)
  }
  return {
    ...(noise && { noise: cut(inputs.noise!, [noise.size], 'float32') }),
    ...(condition && {
      condition: cut(
        inputs.condition!,
        conditionShape(condition),
        condition.kind === 'tokens' ? 'int32' : 'float32',
      ),
    }),
  }
}

/** Whether all inputs of a generator can be drawn: noise, categories, and tokens that have examples. */
export function hasDrawnInputs({ condition }: Pick<GeneratorDescription, 'condition'>): boolean {
  if (condition?.kind === 'tokens') return condition.examples !== undefined
  return condition === undefined || condition.kind === 'categories'
}
