import { GankitError, parseOptions, wholeNumber } from '@gankit/core'
import * as tf from '@tensorflow/tfjs'
import * as v from 'valibot'
import { commonOptions } from './options.ts'
import {
  concatenate,
  follow,
  leakyRelu,
  link,
  type NetworkOptions,
  type Normalization,
  Parts,
  type Step,
} from './parts.ts'

/** Sides of a patch, in pixels, and the strided convolutions that see as much. */
const stridesOfPatch = { 1: 0, 16: 1, 34: 2, 70: 3, 286: 5 } as const

/** The side of a patch, in pixels. */
export type PatchSide = keyof typeof stridesOfPatch

export interface PatchDiscriminatorOptions extends NetworkOptions {
  /** The side of the patches that are judged, in pixels: what one logit sees. Default 70. */
  readonly patch?: PatchSide
  /** [height, width, channels] of a picture that D sees beside the sample, of the same height and width. Default: none. */
  readonly conditionShape?: readonly [height: number, width: number, channels: number]
  /** Channels of the first layer, doubled at each one behind. Default 64. */
  readonly base?: number
  /** The greatest number of channels. Default 8 times `base`. */
  readonly maxFilters?: number
  /** Default 'instance'. */
  readonly normalization?: Normalization | 'spectral'
}

const schema = v.strictObject({
  ...commonOptions('discriminator'),
  patch: v.optional(v.picklist([1, 16, 34, 70, 286]), 70),
  conditionShape: v.optional(v.tuple([wholeNumber(), wholeNumber(), wholeNumber()])),
  base: v.optional(wholeNumber(), 64),
  maxFilters: v.optional(wholeNumber()),
  normalization: v.optional(v.picklist(['instance', 'batch', 'spectral', 'none']), 'instance'),
})

type Resolved = v.InferOutput<typeof schema> & { readonly maxFilters: number }

/**
 * PatchGAN (Isola et al. 2017, arXiv 1611.07004, section 3.2.2): convolutions alone, so that each logit of the map judges one
 * patch of the picture. The sides are those of the paper: 1 (convolutions of side 1), 16, 34, 70 and 286.
 *
 * D(x) or D(x, c): [n, height, width, channels], [n, height, width, c] → logits [n, h, w, 1]
 * @throws GankitError that names the first option at fault, and for a picture that leaves no logit
 */
export function patchDiscriminator(options: PatchDiscriminatorOptions): tf.LayersModel {
  const parsed = parseOptions('image-to-image', schema, options)
  const resolved: Resolved = { ...parsed, maxFilters: parsed.maxFilters ?? 8 * parsed.base }
  const { name, inputShape, conditionShape } = resolved
  checkSizes(resolved)
  const input = tf.input({ shape: [...inputShape], name: `${name}_input` })
  const condition = conditionShape && tf.input({ shape: [...conditionShape], name: 'condition' })
  const seen = condition ? concatenate('input_and_condition', [input, condition]) : input
  const outputs = follow(seen, ...judge(resolved))
  return tf.model({ name, inputs: condition ? [input, condition] : input, outputs })
}

function judge(options: Resolved): Step[] {
  const { patch, base, maxFilters, normalization } = options
  const parts = new Parts(options)
  const strided = stridesOfPatch[patch]
  const filtersAt = (layer: number) => Math.min(maxFilters, base * 2 ** (layer - 1))
  const block = (layer: number, kernel: number, stride: number, own: Resolved['normalization']): Step[] => {
    const name = `down_${layer}`
    const convolution = {
      filters: filtersAt(layer),
      kernel,
      stride,
      useBias: own === 'none' || own === 'spectral',
    }
    return [
      ...pad(name, kernel, stride),
      own === 'spectral'
        ? parts.convolveSpectral(`${name}_conv`, { ...convolution, padding: paddingOf(kernel, stride) })
        : parts.convolve(`${name}_conv`, { ...convolution, padding: paddingOf(kernel, stride) }),
      ...(own === 'spectral' ? [] : [parts.normalize(`${name}_norm`, own)]),
      leakyRelu(`${name}_activation`),
    ]
  }
  // Of the input alone no statistics are taken: real and fake samples would look alike.
  const first = normalization === 'spectral' ? 'spectral' : 'none'
  if (patch === 1)
    return [
      ...block(1, 1, 1, first),
      ...block(2, 1, 1, normalization),
      parts.convolve('logit', { filters: 1, kernel: 1 }),
    ]
  return [
    ...Array.from({ length: strided }, (_, i) => block(i + 1, 4, 2, i === 0 ? first : normalization)).flat(),
    ...block(strided + 1, 4, 1, normalization),
    ...pad('logit', 4, 1),
    parts.convolve('logit', { filters: 1, kernel: 4, padding: 'valid' }),
  ]
}

const paddingOf = (kernel: number, stride: number) => (kernel === 4 && stride === 1 ? 'valid' : 'same')

/** One pixel around, as in the references, where 'same' would put none on one side and two on the other. */
function pad(name: string, kernel: number, stride: number): Step[] {
  if (paddingOf(kernel, stride) === 'same') return []
  return [link(tf.layers.zeroPadding2d({ name: `${name}_pad`, padding: 1 }))]
}

function checkSizes({ patch, inputShape, conditionShape }: Resolved): void {
  const [height, width] = inputShape
  const strided = stridesOfPatch[patch]
  // Behind the strided convolutions three pixels are the fewest that leave a logit to two windows of side 4.
  const smallest = patch === 1 ? 1 : 2 ** (strided + 1) + 1
  if (Math.min(height, width) < smallest)
    throw new GankitError(
      'image-to-image',
      'option',
      `patch is ${patch} for pictures of ${height}×${width}, expected pictures of ${smallest} pixels a side or more: take a smaller patch (${Object.keys(stridesOfPatch).join(', ')}), or larger pictures`,
    )
  if (conditionShape && (conditionShape[0] !== height || conditionShape[1] !== width))
    throw new GankitError(
      'image-to-image',
      'option',
      `conditionShape is ${conditionShape.join('×')}, expected pictures of ${height}×${width}, as the samples are`,
    )
}
