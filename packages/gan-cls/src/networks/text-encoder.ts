import { parseOptions, type TokenCondition, wholeNumber } from '@gankit/core'
import { chain, glorotUniform, type Link, normal } from '@gankit/layers'
import * as tf from '@tensorflow/tfjs'
import * as v from 'valibot'

export interface TextEncoderOptions {
  /** What captions are: how many tokens, of how many. */
  readonly captions: TokenCondition
  /** Numbers of an embedded caption. Default 128. */
  readonly size?: number
  /** Numbers that stand for a token. Default 64. */
  readonly tokenSize?: number
  /** Features of each convolution. Default 128. */
  readonly filters?: number
  /** The widths of the convolutions over neighboring tokens, one behind the other. Default [3, 3]: five tokens see each other. */
  readonly widths?: readonly number[]
  /** Seed of the first weights. Default 0. */
  readonly seed?: number
}

const schema = v.strictObject({
  captions: v.object({ kind: v.literal('tokens'), length: wholeNumber(), vocabulary: wholeNumber(2) }),
  size: v.optional(wholeNumber(), 128),
  tokenSize: v.optional(wholeNumber(), 64),
  filters: v.optional(wholeNumber(), 128),
  widths: v.optional(v.pipe(v.array(wholeNumber()), v.minLength(1)), [3, 3]),
  seed: v.optional(wholeNumber(0), 0),
})

/** How long an embedded caption is at first: as long as the one-hot numbers of four attributes, for which the networks' first weights are right. */
const embeddedLength = 2

/**
 * Captions as numbers: an embedding of each token, convolutions along the caption, the maximum over all places (Kim 2014, arXiv
 * 1408.5882), and a dense layer. Layer normalization at the end keeps the scale that G and D see, however long the encoder has learned. All layers are stock ones, so that a saved generator opens without this package.
 *
 * [n, length] token numbers → [n, size]
 * @throws GankitError that names the first option at fault
 */
export function textEncoder(options: TextEncoderOptions): tf.LayersModel {
  const { captions, size, tokenSize, filters, widths, seed } = parseOptions('gan-cls', schema, options)
  const seeded = (weight: string) => ({ seed, purpose: `gan-cls/text_encoder/${weight}` })
  const links: Link[] = [
    tf.layers.embedding({
      name: 'text_tokens',
      inputDim: captions.vocabulary,
      outputDim: tokenSize,
      embeddingsInitializer: normal({ std: 1, ...seeded('text_tokens/embeddings') }),
    }),
  ]
  for (const [i, width] of widths.entries()) {
    const name = `text_conv_${i + 1}`
    links.push(
      tf.layers.conv1d({
        name,
        filters,
        kernelSize: width,
        padding: 'same',
        activation: 'relu',
        kernelInitializer: glorotUniform(seeded(`${name}/kernel`)),
      }),
    )
  }
  links.push(
    tf.layers.globalMaxPooling1d({ name: 'text_most' }),
    tf.layers.dense({
      name: 'text_dense',
      units: size,
      kernelInitializer: glorotUniform(seeded('text_dense/kernel')),
    }),
    tf.layers.layerNormalization({
      name: 'text_norm',
      gammaInitializer: tf.initializers.constant({ value: embeddedLength / Math.sqrt(size) }),
    }),
  )
  return chain('text_encoder', [captions.length], links)
}
