import { checkOption, parseOptions, wholeNumber } from '@gankit/core'
import * as tf from '@tensorflow/tfjs'
import * as v from 'valibot'
import { commonOptions } from './options.ts'
import { follow, leakyRelu, link, type NetworkOptions, type Normalization, Parts } from './parts.ts'

export interface StyleEncoderOptions extends NetworkOptions {
  /** Numbers of a style. Default 8. */
  readonly size?: number
  /** Channels of the first layer, doubled at each one behind. Default 64. */
  readonly base?: number
  /** The greatest number of channels. Default 4 times `base`. */
  readonly maxFilters?: number
  /** Halvings. Default: as many as leave four pixels to the shorter side, but 5 at most. */
  readonly levels?: number
  /** Default 'none': instance norm would take away how light and how colorful a picture is, which is most of a style. */
  readonly normalization?: Normalization
}

const schema = v.strictObject({
  ...commonOptions('encoder'),
  size: v.optional(wholeNumber(), 8),
  base: v.optional(wholeNumber(), 64),
  maxFilters: v.optional(wholeNumber()),
  levels: v.optional(wholeNumber()),
  normalization: v.optional(v.picklist(['instance', 'batch', 'none']), 'none'),
})

const maxDefaultLevels = 5

/**
 * The encoder of BicycleGAN (Zhu et al. 2017, arXiv 1711.11586, section 4): what a picture has that its drawing doesn't say, as a
 * normal distribution over styles. Convolutions that halve the picture, the mean over all places, and a dense layer.
 *
 * E(x): [n, height, width, channels] → [n, 2·size], `size` means and then as many logarithms of variances
 * @throws GankitError that names the first option at fault
 */
export function styleEncoder(options: StyleEncoderOptions): tf.LayersModel {
  const parsed = parseOptions('image-to-image', schema, options)
  const { inputShape, name, size, base, normalization } = parsed
  const [height, width] = inputShape
  const most = Math.max(1, Math.floor(Math.log2(Math.min(height, width))))
  const levels = parsed.levels ?? Math.min(Math.max(1, most - 2), maxDefaultLevels)
  checkOption(
    'image-to-image',
    'levels',
    levels,
    levels <= most,
    `at most ${most} for ${height}×${width} pixels`,
  )
  const maxFilters = parsed.maxFilters ?? 4 * base
  const parts = new Parts(parsed)
  const input = tf.input({ shape: [...inputShape], name: `${name}_input` })
  let x = input
  for (let level = 1; level <= levels; level++) {
    const block = `down_${level}`
    const own = level === 1 ? 'none' : normalization
    const filters = Math.min(maxFilters, base * 2 ** (level - 1))
    x = follow(
      x,
      parts.convolve(`${block}_conv`, { filters, kernel: 4, stride: 2, useBias: own === 'none' }),
      parts.normalize(`${block}_norm`, own),
      leakyRelu(`${block}_activation`),
    )
  }
  const outputs = follow(
    x,
    link(tf.layers.globalAveragePooling2d({ name: 'mean_over_places' })),
    parts.dense('style', 2 * size),
  )
  return tf.model({ name, inputs: input, outputs })
}
