import { checkOption, parseOptions, wholeNumber } from '@gankit/core'
import { chain, downBlock, glorotUniform, heNormal, type Link } from '@gankit/layers'
import * as tf from '@tensorflow/tfjs'
import * as v from 'valibot'

export interface PictureEncoderOptions {
  /** [height, width, channels] */
  readonly inputShape: readonly [height: number, width: number, channels: number]
  /** Numbers of an embedded picture, as many as the text encoder gives. Default 128. */
  readonly size?: number
  /** Channels of the first layer, doubled at each one behind. Default 16. */
  readonly base?: number
  /** The greatest number of channels. Default 8 times `base`. */
  readonly maxFilters?: number
  /** Halvings. Default: as many as leave four pixels to the shorter side. */
  readonly levels?: number
  /** Seed of the first weights. Default 0. */
  readonly seed?: number
}

const side = v.pipe(wholeNumber(2), v.maxValue(4096))
const schema = v.strictObject({
  inputShape: v.tuple([side, side, wholeNumber()]),
  size: v.optional(wholeNumber(), 128),
  base: v.optional(wholeNumber(), 16),
  maxFilters: v.optional(wholeNumber()),
  levels: v.optional(wholeNumber()),
  seed: v.optional(wholeNumber(0), 0),
})

/**
 * Pictures as numbers that are to match those of their captions: convolutions that halve the picture, and a dense layer over what is
 * left, so that it knows where things are.
 *
 * [n, height, width, channels] → [n, size]
 * @throws GankitError that names the first option at fault
 */
export function pictureEncoder(options: PictureEncoderOptions): tf.LayersModel {
  const parsed = parseOptions('gan-cls', schema, options)
  const { inputShape, size, base, seed } = parsed
  const [height, width] = inputShape
  const most = Math.floor(Math.log2(Math.min(height, width)))
  const levels = parsed.levels ?? Math.max(1, most - 2)
  checkOption('gan-cls', 'levels', levels, levels <= most, `at most ${most} for ${height}×${width} pixels`)
  const maxFilters = parsed.maxFilters ?? 8 * base
  const purpose = (layer: string) => `gan-cls/picture_encoder/${layer}`
  const links: Link[] = []
  for (let level = 1; level <= levels; level++)
    links.push(
      ...downBlock({
        name: `down_${level}`,
        filters: Math.min(maxFilters, base * 2 ** (level - 1)),
        kernel: 4,
        normalization: 'none',
        activation: 'leaky-relu',
        seed,
        purpose: purpose(`down_${level}`),
        initializer: heNormal,
      }),
    )
  links.push(
    tf.layers.flatten({ name: 'flatten' }),
    tf.layers.dense({
      name: 'embedding',
      units: size,
      kernelInitializer: glorotUniform({ seed, purpose: purpose('embedding/kernel') }),
    }),
  )
  return chain('picture_encoder', [...inputShape], links)
}
