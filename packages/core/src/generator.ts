import * as tf from '@tensorflow/tfjs'
import { type Condition, conditionShape } from './condition.ts'
import { GankitError } from './errors.ts'
import { forward } from './forward.ts'
import type { Latent } from './latent.ts'
import { type RandomStream, randomStream } from './random.ts'

/** What goes into a generator, by name; each is there where the generator takes it. */
export interface GeneratorInputs {
  /** [n, noise.size] */
  readonly noise?: tf.Tensor
  /** [n, ...conditionShape] */
  readonly condition?: tf.Tensor
}

/** A generator that makes whole samples in one pass: `model([noise, condition])`, of which it has one or both. */
export interface OnePassOutput {
  readonly kind: 'sample'
}

/**
 * A generator of token sequences, one token after another: `model([tokens, condition])` gives, of the tokens so far
 * (int32 [n, length], shifted right by one, `start` first), the logits [n, length, vocabulary] of the token at each place.
 */
export interface SequenceOutput {
  readonly kind: 'sequence'
  /** Tokens in a sequence. */
  readonly length: number
  readonly vocabulary: number
  /** The token before the first one. */
  readonly start: number
}

/** A network that makes samples, and what it starts from. All but the model is plain data. */
export interface Generator {
  readonly model: tf.LayersModel
  /** Noise, drawn anew for each sample. Default: none. */
  readonly noise?: Latent
  /** What the samples are to go with. Default: nothing. */
  readonly condition?: Condition
  /** The shape of one sample: [28, 28, 1] for digits, [length] for tokens. */
  readonly sampleShape: readonly number[]
  /** Default: whole samples in one pass. */
  readonly output?: OnePassOutput | SequenceOutput
}

/** Options of `generate`. */
export interface GenerateOptions {
  /** Sequences to make, where neither noise nor a condition says how many. */
  readonly count?: number
  /** Random numbers of a sequence's tokens, or of layers that draw in each pass; asked with a purpose. */
  readonly random?: (purpose: string) => RandomStream
  /** What logits of tokens are divided by: below 1 takes likely tokens more often. Default 1. */
  readonly temperature?: number
}

/**
 * Makes samples outside training: one pass for most generators, token after token for sequences.
 * @returns [n, ...sampleShape], int32 for tokens, which the caller owns
 * @throws GankitError for inputs that the generator doesn't have, or lacks
 */
export function generate(
  generator: Generator,
  inputs: GeneratorInputs,
  options: GenerateOptions = {},
): tf.Tensor {
  const { output } = generator
  if (output?.kind === 'sequence') return generateSequence(generator, output, inputs, options)
  return tf.tidy(() => forward(generator.model, orderInputs(generator, inputs)))
}

/** The inputs in the order of the model's: noise, then condition. @throws GankitError where one is missing or too much */
export function orderInputs(
  { noise, condition }: Pick<Generator, 'noise' | 'condition'>,
  inputs: GeneratorInputs,
): tf.Tensor[] {
  const expected = { noise: noise && [noise.size], condition: condition && conditionShape(condition) }
  return (['noise', 'condition'] as const).flatMap(name => {
    const [got, shape] = [inputs[name], expected[name]]
    if (!got && !shape) return []
    if (!got || !shape || String(got.shape.slice(1)) !== String(shape))
      throw new GankitError(
        'core',
        'data',
        `a generator got ${got ? `${name} of [${got.shape.join(', ')}]` : `no ${name}`}, expected ${shape ? `[n, ${shape.join(', ')}]` : 'none'}`,
      )
    return [got]
  })
}

/** Draws token after token, each from the softmax of the logits behind the ones before it. */
function generateSequence(
  { model, condition }: Generator,
  { length, vocabulary, start }: SequenceOutput,
  inputs: GeneratorInputs,
  { count, random = purpose => randomStream(0, purpose), temperature = 1 }: GenerateOptions,
): tf.Tensor {
  const given = condition ? [inputs.condition!] : []
  const n = inputs.condition?.shape[0] ?? count
  if (n === undefined)
    throw new GankitError(
      'core',
      'data',
      'a sequence generator got neither a condition nor a count, expected one: say how many to make',
    )
  return tf.tidy(() => {
    const uniform = tf.tensor2d(random('tokens').uniform(n * length), [n, length])
    let before = tf.fill([n, 1], start, 'int32')
    for (let place = 0; place < length; place++) {
      const padded = tf.pad2d(before as tf.Tensor2D, [
        [0, 0],
        [0, length - 1 - place],
      ])
      const logits = forward(model, [padded, ...given]) as tf.Tensor3D
      const here = tf.reshape(tf.slice3d(logits, [0, place, 0], [n, 1, vocabulary]), [n, vocabulary])
      const token = sampleTokens(here as tf.Tensor2D, tf.slice2d(uniform, [0, place], [n, 1]), temperature)
      before = tf.concat([before, token], 1)
    }
    return tf.slice2d(before as tf.Tensor2D, [0, 1], [n, length])
  })
}

/**
 * Draws one token of each row from the softmax of its logits, by the inverse of the cumulative distribution.
 * @param logits [n, vocabulary]
 * @param uniform [n, 1], in [0, 1)
 * @returns int32 [n, 1], which the caller owns
 */
export function sampleTokens(logits: tf.Tensor2D, uniform: tf.Tensor2D, temperature = 1): tf.Tensor2D {
  return tf.tidy(() => {
    const cumulative = tf.cumsum(tf.softmax(tf.div(logits, temperature)), 1)
    const below = tf.sum(tf.cast(tf.lessEqual(cumulative, uniform), 'int32'), 1, true)
    // The last cumulative probability may fall short of 1 by a rounding error.
    return tf.minimum(below, logits.shape[1] - 1).toInt() as tf.Tensor2D
  })
}
