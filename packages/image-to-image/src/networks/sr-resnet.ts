import { checkOption, parseOptions, wholeNumber } from '@gankit/core'
import { checkWeightCount, createInitializer, icnr, pixelShuffle } from '@gankit/layers'
import * as tf from '@tensorflow/tfjs'
import * as v from 'valibot'
import { commonOptions } from './options.ts'
import { add, follow, leakyRelu, link, type NetworkOptions, Parts, type Step } from './parts.ts'

/** What networks that enlarge pictures have in common. */
export interface EnlargingOptions extends NetworkOptions {
  /** By how much the picture grows in height and width: 2, 4 or 8. Default 4. */
  readonly scale?: 2 | 4 | 8
  /** Channels of all layers. Default 64. */
  readonly base?: number
  /** Default 16. */
  readonly blocks?: number
  /**
   * Whether the network adds to its input, with each pixel repeated, so that it has only what is missing to learn. Default
   * false, as in the reference.
   */
  readonly addsToInput?: boolean
}

export interface SrResnetOptions extends EnlargingOptions {
  /**
   * 'pixel-shuffle': convolutions to four times the channels, then depth to space, from first weights that repeat pixels (ICNR);
   * 'resize' repeats pixels, then convolves. Default 'pixel-shuffle'.
   */
  readonly upsampling?: 'pixel-shuffle' | 'resize'
  /** 'prelu' as in the paper, a slope a channel that is learned; or LeakyReLU of slope 0.2. Default 'prelu'. */
  readonly activation?: 'prelu' | 'leaky-relu'
  /** Side of the first and the last window. Default 9. */
  readonly endKernel?: number
}

const schema = v.strictObject({
  ...commonOptions('generator'),
  scale: v.optional(v.picklist([2, 4, 8]), 4),
  base: v.optional(wholeNumber(), 64),
  blocks: v.optional(wholeNumber(0), 16),
  addsToInput: v.optional(v.boolean(), false),
  upsampling: v.optional(v.picklist(['pixel-shuffle', 'resize']), 'pixel-shuffle'),
  activation: v.optional(v.picklist(['prelu', 'leaky-relu']), 'prelu'),
  endKernel: v.optional(wholeNumber(), 9),
})

type Resolved = v.InferOutput<typeof schema>

/**
 * SRResNet (Ledig et al. 2017, arXiv 1609.04802) without batch norm, which leaves artifacts (Lim et al. 2017, EDSR, arXiv
 * 1707.02921; Wang et al. 2018, ESRGAN, arXiv 1809.00219): residual blocks at the small size, then doublings.
 *
 * [n, height, width, c] → [n, scale·height, scale·width, c]; its last layer is linear
 * @throws GankitError that names the first option at fault
 */
export function srResnet(options: SrResnetOptions): tf.LayersModel {
  const resolved = parseOptions('image-to-image', schema, options)
  const { name, inputShape, base, blocks, endKernel, scale, addsToInput } = resolved
  checkOption('image-to-image', 'endKernel', endKernel, endKernel % 2 === 1, 'an odd whole number')
  checkEnlargingWeights(resolved, 2 * 9 * blocks * base ** 2)
  const parts = new Parts(resolved)
  const input = tf.input({ shape: [...inputShape], name: `${name}_input` })
  const activate = (layer: string) => activation(layer, resolved)
  const start = follow(
    input,
    parts.convolve('start_conv', { filters: base, kernel: endKernel }),
    activate('start_activation'),
  )
  let x = start
  for (let i = 1; i <= blocks; i++) {
    const block = `block_${i}`
    const change = follow(
      x,
      parts.convolve(`${block}_1_conv`, { filters: base, kernel: 3 }),
      activate(`${block}_activation`),
      parts.convolve(`${block}_2_conv`, { filters: base, kernel: 3 }),
    )
    x = add(`${block}_sum`, [x, change])
  }
  x = add('skip_sum', [start, parts.convolve('skip_conv', { filters: base, kernel: 3 })(x)])
  for (let i = 1; i <= Math.log2(scale); i++)
    x = follow(x, double(`up_${i}`, resolved, parts), activate(`up_${i}_activation`))
  const picture = parts.convolve('end_conv', { filters: inputShape[2], kernel: endKernel })(x)
  return tf.model({ name, inputs: input, outputs: addsToInput ? addInput(input, picture, scale) : picture })
}

function activation(name: string, { activation }: Resolved): Step {
  if (activation === 'leaky-relu') return leakyRelu(name)
  const alphaInitializer = tf.initializers.constant({ value: 0.25 })
  return link(tf.layers.prelu({ name, sharedAxes: [1, 2], alphaInitializer }))
}

function double(name: string, { base, upsampling, initialization }: Resolved, parts: Parts): Step {
  if (upsampling === 'resize')
    return x =>
      follow(
        x,
        link(tf.layers.upSampling2d({ name: `${name}_resize`, size: [2, 2] })),
        parts.convolve(`${name}_conv`, { filters: base, kernel: 3 }),
      )
  return x =>
    follow(
      x,
      parts.convolve(`${name}_conv`, {
        filters: 4 * base,
        kernel: 3,
        initializer: seeded => icnr({ initializer: createInitializer(initialization, seeded), factor: 2 }),
      }),
      link(pixelShuffle({ name: `${name}_shuffle`, factor: 2 })),
    )
}

/** The picture on top of the input with each of its pixels repeated. */
export function addInput(
  input: tf.SymbolicTensor,
  picture: tf.SymbolicTensor,
  scale: number,
): tf.SymbolicTensor {
  const repeated = link(tf.layers.upSampling2d({ name: 'repeated_input', size: [scale, scale] }))(input)
  return add('input_and_detail', [repeated, picture])
}

/** @throws GankitError for more weights than can be trained here */
export function checkEnlargingWeights(
  { inputShape, base, scale }: { inputShape: readonly number[]; base: number; scale: number },
  blocks: number,
): void {
  checkWeightCount({
    package: 'image-to-image',
    option: 'inputShape',
    shape: inputShape,
    count: () => blocks + 36 * base ** 2 * Math.log2(scale),
    widths: 'base or blocks',
  })
}
