import { checkOption, fraction, type Latent, parseOptions, wholeNumber } from '@gankit/core'
import { adaptiveInstanceNormalization, checkWeightCount, seededDropout } from '@gankit/layers'
import * as tf from '@tensorflow/tfjs'
import * as v from 'valibot'
import { commonOptions } from './options.ts'
import {
  concatenate,
  cropTo,
  follow,
  leakyRelu,
  link,
  type NetworkOptions,
  type Normalization,
  Parts,
  relu,
  type Step,
} from './parts.ts'

export interface UNetOptions extends NetworkOptions {
  /** Channels of the picture that comes out, or labels. Default 3. */
  readonly outputChannels?: number
  /** Channels of the first level, doubled at each one below. Default 64. */
  readonly base?: number
  /** The greatest number of channels. Default 8 times `base`. */
  readonly maxFilters?: number
  /** Halvings. Default: as many as leave one pixel to the shorter side, but 8 at most: 8 for 256 pixels, 6 for 64. */
  readonly levels?: number
  /** Default 'instance'; no value stands alone in its picture for it, so the deepest level has none. */
  readonly normalization?: Normalization
  /** Share of values dropped behind the three deepest levels of the way up, in training. 0.5 in pix2pix. Default 0. */
  readonly dropout?: number
  /** 'transposed' as in the references; 'resize' repeats pixels first and leaves no checkerboard. Default 'transposed'. */
  readonly upsampling?: 'transposed' | 'resize'
  /** 'tanh' for pictures, 'linear' for logits of labels. Default 'tanh'. */
  readonly output?: 'tanh' | 'linear'
  /**
   * Noise of that many numbers, which scales and shifts the channels of the way up (AdaIN), for several answers to one
   * picture. Default 0: none.
   */
  readonly noise?: number
}

const schema = v.strictObject({
  ...commonOptions('generator'),
  outputChannels: v.optional(wholeNumber(), 3),
  base: v.optional(wholeNumber(), 64),
  maxFilters: v.optional(wholeNumber()),
  levels: v.optional(wholeNumber()),
  normalization: v.optional(v.picklist(['instance', 'batch', 'none']), 'instance'),
  dropout: v.optional(fraction, 0),
  upsampling: v.optional(v.picklist(['transposed', 'resize']), 'transposed'),
  output: v.optional(v.picklist(['tanh', 'linear']), 'tanh'),
  noise: v.optional(wholeNumber(0), 0),
})

type Resolved = v.InferOutput<typeof schema> & {
  readonly maxFilters: number
  readonly sizes: readonly Size[]
}
type Size = readonly [height: number, width: number]

/** Levels of a U-Net unless they are given: down to one pixel on the shorter side, but at most as in pix2pix for 256 pixels. */
const maxDefaultLevels = 8

/**
 * The generator of pix2pix (Isola et al. 2017, arXiv 1611.07004, after Ronneberger et al. 2015, arXiv 1505.04597): halvings
 * by convolutions of side 4 down to a few pixels, doublings up again, and at each level a skip from the way down. Any size:
 * an odd side is halved upwards, and the doubling cut.
 *
 * G(c): [n, height, width, channels] → [n, height, width, outputChannels]; with `noise`, G(z, c), z first.
 * @throws GankitError that names the first option at fault
 */
export function uNet(options: UNetOptions): tf.LayersModel {
  const resolved = resolve(options)
  const { inputShape, name, output, noise } = resolved
  const input = tf.input({ shape: [...inputShape], name: noise > 0 ? 'condition' : `${name}_input` })
  const style = noise > 0 ? tf.input({ shape: [noise], name: 'noise' }) : undefined
  const parts = new Parts(resolved)
  const skips = encode(input, resolved, parts)
  const picture = decode(skips, resolved, parts, style)
  const outputs =
    output === 'tanh' ? link(tf.layers.activation({ name: 'output', activation: 'tanh' }))(picture) : picture
  return tf.model({ name, inputs: style ? [style, input] : input, outputs })
}

/** The noise of a U-Net's option: standard normal numbers. */
export function styleNoise(size: number): Latent {
  return { size, prior: { name: 'normal', mean: 0, std: 1 } }
}

function resolve(options: UNetOptions): Resolved {
  const parsed = parseOptions('image-to-image', schema, options)
  const [height, width] = parsed.inputShape
  const most = Math.max(1, Math.floor(Math.log2(Math.min(height, width))))
  const levels = parsed.levels ?? Math.min(most, maxDefaultLevels)
  const fits = levels <= Math.ceil(Math.log2(Math.max(height, width)))
  checkOption(
    'image-to-image',
    'levels',
    levels,
    fits,
    `at most ${most}, after which ${height}×${width} pixels are one`,
  )
  const sizes: Size[] = [[height, width]]
  for (let level = 0; level < levels; level++) sizes.push(halve(sizes.at(-1)!))
  const resolved = { ...parsed, maxFilters: parsed.maxFilters ?? 8 * parsed.base, sizes }
  checkWeightCount({
    package: 'image-to-image',
    option: 'inputShape',
    shape: parsed.inputShape,
    count: () => countWeights(resolved),
    widths: 'base or maxFilters',
  })
  return resolved
}

function halve([height, width]: Size): Size {
  return [Math.ceil(height / 2), Math.ceil(width / 2)]
}

const filtersAt = ({ base, maxFilters }: Resolved, level: number) =>
  Math.min(maxFilters, base * 2 ** (level - 1))

function countWeights(options: Resolved): number {
  const { sizes, inputShape, outputChannels } = options
  const levels = sizes.length - 1
  let count = 0
  for (let level = 1; level <= levels; level++) {
    const [above, below] = [level === 1 ? 0 : filtersAt(options, level - 1), filtersAt(options, level)]
    count += 16 * below * (level === 1 ? inputShape[2] : above)
    count += 16 * (level === 1 ? outputChannels : above) * (level === levels ? below : 2 * below)
  }
  return count
}

/** The way down. @returns what each level gives, the largest first */
function encode(input: tf.SymbolicTensor, options: Resolved, parts: Parts): tf.SymbolicTensor[] {
  const { sizes, normalization } = options
  const levels: tf.SymbolicTensor[] = []
  let x = input
  for (let level = 1; level < sizes.length; level++) {
    const name = `down_${level}`
    // The first level sees the picture as it is; the deepest has too few pixels for statistics.
    const own = level === 1 || level === sizes.length - 1 ? 'none' : normalization
    const steps: Step[] = [
      ...(level === 1 ? [] : [leakyRelu(`${name}_activation`)]),
      parts.convolve(`${name}_conv`, {
        filters: filtersAt(options, level),
        kernel: 4,
        stride: 2,
        useBias: own === 'none',
      }),
      parts.normalize(`${name}_norm`, own),
    ]
    x = follow(x, ...steps)
    levels.push(x)
  }
  return levels
}

/** The way up, from the deepest level to the picture. */
function decode(
  levels: readonly tf.SymbolicTensor[],
  options: Resolved,
  parts: Parts,
  style: tf.SymbolicTensor | undefined,
): tf.SymbolicTensor {
  const { sizes, normalization, outputChannels, dropout, seed } = options
  let x = levels.at(-1)!
  for (let level = levels.length; level >= 1; level--) {
    const name = `up_${level}`
    const isLast = level === 1
    const [height, width] = sizes[level - 1]!
    const from = level === levels.length ? x : concatenate(`${name}_skip`, [levels[level - 1]!, x])
    const own = isLast ? 'none' : normalization
    x = follow(
      from,
      relu(`${name}_activation`),
      enlarge(name, isLast ? outputChannels : filtersAt(options, level - 1), own === 'none', options, parts),
      cropTo(`${name}_crop`, height, width),
      isLast || !style ? parts.normalize(`${name}_norm`, own) : restyle(`${name}_norm`, style, parts),
    )
    const isDeep = level > levels.length - 3 && !isLast
    if (dropout > 0 && isDeep) x = link(seededDropout({ name: `${name}_dropout`, rate: dropout, seed }))(x)
  }
  return x
}

function enlarge(
  name: string,
  filters: number,
  useBias: boolean,
  { upsampling }: Resolved,
  parts: Parts,
): Step {
  if (upsampling === 'transposed')
    return parts.convolveTransposed(`${name}_conv`, { filters, kernel: 4, stride: 2, useBias })
  return x =>
    follow(
      x,
      link(tf.layers.upSampling2d({ name: `${name}_resize`, size: [2, 2] })),
      parts.convolve(`${name}_conv`, { filters, kernel: 3, useBias }),
    )
}

function restyle(name: string, style: tf.SymbolicTensor, parts: Parts): Step {
  const layer = adaptiveInstanceNormalization({ name, ...parts.seeded(name) })
  return x => layer.apply([x, style]) as tf.SymbolicTensor
}
