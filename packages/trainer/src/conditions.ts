import { askedFor, type Batch, type Condition, conditionSize, GankitError, type Latent } from '@gankit/core'
import * as tf from '@tensorflow/tfjs'

/**
 * What the samples of a batch have, in the numbers by which a generator is asked for it.
 * @returns [n, conditionSize], which the caller owns; undefined where a generator can be asked for nothing
 * @throws GankitError for a batch whose attributes are not the conditions
 */
export function conditionsOf(
  { samples, attributes }: Batch,
  conditions: readonly Condition[] = [],
): tf.Tensor2D | undefined {
  if (conditions.length === 0) return undefined
  const n = samples.shape[0]!
  const names = conditions.map(({ name }) => name).join(', ')
  const wrong = (got: string) =>
    new GankitError(
      'trainer',
      'data',
      `${got}, expected those of the conditions ${names}: choose them of the data by \`withAttributes\``,
    )
  if (attributes?.length !== n * conditions.length)
    throw wrong(`a batch of ${n} samples has ${attributes?.length ?? 'no'} codes of attributes`)
  const size = conditionSize({ conditions })
  const numbers = new Float32Array(n * size)
  for (let i = 0; i < n; i++) {
    const codes = attributes.subarray(i * conditions.length, (i + 1) * conditions.length)
    for (const [c, { name, values }] of conditions.entries())
      if (codes[c]! >= values.length)
        throw wrong(`a sample has code ${codes[c]} of ${name}, which has ${values.length}`)
    numbers.set(askedFor(conditions, codes), i * size)
  }
  return tf.tensor2d(numbers, [n, size])
}

/** What was asked for, [n, conditionSize]; undefined where nothing can be. */
export type Asked = tf.Tensor2D | undefined

/** Latents that ask for something else. */
export function withCondition(latent: Latent, latents: tf.Tensor2D, asked: tf.Tensor2D): tf.Tensor2D {
  const noise = tf.slice2d(latents, [0, 0], [-1, latent.size - conditionSize(latent)])
  return tf.concat2d([noise, asked], 1)
}

/** What latents ask for. */
export function conditionIn(latent: Latent, latents: tf.Tensor2D): Asked {
  const size = conditionSize(latent)
  return size === 0 ? undefined : tf.slice2d(latents, [0, latent.size - size], [-1, size])
}

/** D's logits [n, 1] of its output: those numbers added that stand for what was asked for. */
export function logitsOf(output: tf.Tensor, asked: Asked): tf.Tensor {
  if (!asked) return output
  const [logit, values] = tf.split(output as tf.Tensor2D, [1, asked.shape[1]], 1)
  return tf.add(logit!, tf.sum(tf.mul(values!, asked), 1, true))
}
