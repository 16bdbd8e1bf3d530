import { parseOptions, wholeNumber } from '@gankit/core'
import { checkWeightCount, reflectionPadding } from '@gankit/layers'
import * as tf from '@tensorflow/tfjs'
import * as v from 'valibot'
import { commonOptions } from './options.ts'
import {
  add,
  cropTo,
  follow,
  link,
  type NetworkOptions,
  type Normalization,
  Parts,
  relu,
  type Step,
} from './parts.ts'

export interface ResnetGeneratorOptions extends NetworkOptions {
  /** Default 3. */
  readonly outputChannels?: number
  /** Channels of the first layer, doubled at each halving. Default 64. */
  readonly base?: number
  /** Residual blocks at the smallest size. Default 6, as in CycleGAN for up to 128 pixels; 9 from 256. */
  readonly blocks?: number
  /** Halvings before the blocks, as many doublings behind. Default 2. */
  readonly halvings?: number
  /** Side of the first and the last window. Default 7; 3 saves an eighth of the work at 64 pixels. */
  readonly endKernel?: number
  /** Default 'instance'. */
  readonly normalization?: Normalization
  /** 'transposed' as in the reference; 'resize' repeats pixels first and leaves no checkerboard. Default 'transposed'. */
  readonly upsampling?: 'transposed' | 'resize'
}

const odd = v.pipe(
  wholeNumber(1),
  v.check(side => side % 2 === 1, 'expected an odd whole number'),
)
const schema = v.strictObject({
  ...commonOptions('generator'),
  outputChannels: v.optional(wholeNumber(), 3),
  base: v.optional(wholeNumber(), 64),
  blocks: v.optional(wholeNumber(0), 6),
  halvings: v.optional(wholeNumber(0), 2),
  endKernel: v.optional(odd, 7),
  normalization: v.optional(v.picklist(['instance', 'batch', 'none']), 'instance'),
  upsampling: v.optional(v.picklist(['transposed', 'resize']), 'transposed'),
})

type Resolved = v.InferOutput<typeof schema>

/**
 * The generator of CycleGAN (Zhu et al. 2017, arXiv 1703.10593, after Johnson et al. 2016, arXiv 1603.08155): halvings,
 * residual blocks, doublings, with reflected edges in place of zeros. Any size; it is fully convolutional.
 *
 * [n, height, width, channels] → [n, height, width, outputChannels], in [−1, 1]
 * @throws GankitError that names the first option at fault
 */
export function resnetGenerator(options: ResnetGeneratorOptions): tf.LayersModel {
  const resolved = parseOptions('image-to-image', schema, options)
  checkWeightCount({
    package: 'image-to-image',
    option: 'inputShape',
    shape: resolved.inputShape,
    count: () => countWeights(resolved),
    widths: 'base, blocks or halvings',
  })
  const { name, inputShape, outputChannels, base, blocks, halvings, endKernel, normalization } = resolved
  const parts = new Parts(resolved)
  const input = tf.input({ shape: [...inputShape], name: `${name}_input` })
  const useBias = normalization === 'none'
  const block = (layer: string, convolution: Step): Step[] => [
    convolution,
    parts.normalize(`${layer}_norm`, normalization),
    relu(`${layer}_activation`),
  ]
  let x = follow(
    input,
    ...block('start', reflected(parts, 'start', { filters: base, kernel: endKernel, useBias })),
    ...Array.from({ length: halvings }, (_, i) => {
      const convolution = { filters: base * 2 ** (i + 1), kernel: 3, stride: 2, useBias }
      return block(`down_${i + 1}`, parts.convolve(`down_${i + 1}_conv`, convolution))
    }).flat(),
  )
  for (let i = 1; i <= blocks; i++) x = residual(x, `block_${i}`, base * 2 ** halvings, resolved, parts)
  const sizes = sizesOnTheWay(inputShape, halvings)
  for (let i = halvings; i >= 1; i--) {
    const layer = `up_${i}`
    const [height, width] = sizes[i - 1]!
    const convolution = enlarge(layer, base * 2 ** (i - 1), resolved, parts)
    x = follow(x, ...block(layer, y => follow(y, convolution, cropTo(`${layer}_crop`, height, width))))
  }
  const outputs = follow(
    x,
    reflected(parts, 'end', { filters: outputChannels, kernel: endKernel, useBias: true }),
    link(tf.layers.activation({ name: 'output', activation: 'tanh' })),
  )
  return tf.model({ name, inputs: input, outputs })
}

/** A convolution behind reflected edges, which keeps the size. */
function reflected(
  parts: Parts,
  name: string,
  options: { readonly filters: number; readonly kernel: number; readonly useBias: boolean },
): Step {
  const padding = (options.kernel - 1) / 2
  return x =>
    follow(
      x,
      ...(padding > 0 ? [link(reflectionPadding({ name: `${name}_pad`, padding }))] : []),
      parts.convolve(`${name}_conv`, { ...options, padding: 'valid' }),
    )
}

function residual(
  x: tf.SymbolicTensor,
  name: string,
  filters: number,
  { normalization }: Resolved,
  parts: Parts,
): tf.SymbolicTensor {
  const convolution = { filters, kernel: 3, useBias: normalization === 'none' }
  const change = follow(
    x,
    reflected(parts, `${name}_1`, convolution),
    parts.normalize(`${name}_1_norm`, normalization),
    relu(`${name}_activation`),
    reflected(parts, `${name}_2`, convolution),
    parts.normalize(`${name}_2_norm`, normalization),
  )
  return add(`${name}_sum`, [x, change])
}

function enlarge(name: string, filters: number, { upsampling, normalization }: Resolved, parts: Parts): Step {
  const convolution = { filters, kernel: 3, useBias: normalization === 'none' }
  if (upsampling === 'transposed')
    return parts.convolveTransposed(`${name}_conv`, { ...convolution, stride: 2 })
  return x =>
    follow(
      x,
      link(tf.layers.upSampling2d({ name: `${name}_resize`, size: [2, 2] })),
      parts.convolve(`${name}_conv`, convolution),
    )
}

/** Height and width before each halving, and behind the last. */
function sizesOnTheWay(
  [height, width]: readonly number[],
  halvings: number,
): [height: number, width: number][] {
  const sizes: [number, number][] = [[height!, width!]]
  for (let i = 0; i < halvings; i++)
    sizes.push(sizes[i]!.map(side => Math.ceil(side / 2)) as [number, number])
  return sizes
}

function countWeights({ inputShape, outputChannels, base, blocks, halvings, endKernel }: Resolved): number {
  const ways = Array.from({ length: halvings }, (_, i) => 2 * 9 * 2 * (base * 2 ** i) ** 2)
  return (
    endKernel ** 2 * base * (inputShape[2] + outputChannels) +
    ways.reduce((sum, count) => sum + count, 0) +
    blocks * 2 * 9 * (base * 2 ** halvings) ** 2
  )
}
