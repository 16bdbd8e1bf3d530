import { parseOptions, positive, wholeNumber } from '@gankit/core'
import * as tf from '@tensorflow/tfjs'
import * as v from 'valibot'
import { commonOptions } from './options.ts'
import { add, concatenate, follow, leakyRelu, link, Parts, type Step } from './parts.ts'
import { addInput, checkEnlargingWeights, type EnlargingOptions } from './sr-resnet.ts'

export interface RrdbNetOptions extends EnlargingOptions {
  /** Channels that each convolution of a dense block adds. Default 32. */
  readonly growth?: number
  /** What the result of a block is multiplied by before it is added. Default 0.2. */
  readonly residualScale?: number
}

const schema = v.strictObject({
  ...commonOptions('generator'),
  scale: v.optional(v.picklist([2, 4, 8]), 4),
  base: v.optional(wholeNumber(), 64),
  blocks: v.optional(wholeNumber(0), 23),
  addsToInput: v.optional(v.boolean(), false),
  growth: v.optional(wholeNumber(), 32),
  residualScale: v.optional(positive, 0.2),
})

type Resolved = v.InferOutput<typeof schema>

/** Convolutions of a dense block, and dense blocks of a block of the network. */
const [convolutions, denseBlocks] = [5, 3]

/**
 * The generator of ESRGAN (Wang et al. 2018, arXiv 1809.00219): residual-in-residual dense blocks, then doublings by repeated
 * pixels and convolutions.
 *
 * [n, height, width, c] → [n, scale·height, scale·width, c]; its last layer is linear
 * @throws GankitError that names the first option at fault
 */
export function rrdbNet(options: RrdbNetOptions): tf.LayersModel {
  const resolved = parseOptions('image-to-image', schema, options)
  const { name, inputShape, base, growth, blocks, scale, addsToInput } = resolved
  const dense = 9 * (4 * base * growth + 6 * growth ** 2 + base * (base + 4 * growth))
  checkEnlargingWeights(resolved, blocks * denseBlocks * dense)
  const parts = new Parts(resolved)
  const input = tf.input({ shape: [...inputShape], name: `${name}_input` })
  const start = parts.convolve('start_conv', { filters: base, kernel: 3 })(input)
  let x = start
  for (let i = 1; i <= blocks; i++) x = block(x, `block_${i}`, resolved, parts)
  x = add('skip_sum', [start, parts.convolve('skip_conv', { filters: base, kernel: 3 })(x)])
  for (let i = 1; i <= Math.log2(scale); i++)
    x = follow(
      x,
      link(tf.layers.upSampling2d({ name: `up_${i}_resize`, size: [2, 2] })),
      parts.convolve(`up_${i}_conv`, { filters: base, kernel: 3 }),
      leakyRelu(`up_${i}_activation`),
    )
  const picture = follow(
    x,
    parts.convolve('last_conv', { filters: base, kernel: 3 }),
    leakyRelu('last_activation'),
    parts.convolve('end_conv', { filters: inputShape[2], kernel: 3 }),
  )
  return tf.model({ name, inputs: input, outputs: addsToInput ? addInput(input, picture, scale) : picture })
}

function block(x: tf.SymbolicTensor, name: string, options: Resolved, parts: Parts): tf.SymbolicTensor {
  let y = x
  for (let i = 1; i <= denseBlocks; i++) y = denseBlock(y, `${name}_${i}`, options, parts)
  return addScaled(x, y, name, options)
}

function denseBlock(x: tf.SymbolicTensor, name: string, options: Resolved, parts: Parts): tf.SymbolicTensor {
  const { base, growth } = options
  const seen = [x]
  for (let i = 1; i < convolutions; i++) {
    const from = i === 1 ? x : concatenate(`${name}_seen_${i}`, seen)
    const added = parts.convolve(`${name}_${i}_conv`, { filters: growth, kernel: 3 })(from)
    seen.push(leakyRelu(`${name}_${i}_activation`)(added))
  }
  const all = concatenate(`${name}_seen_${convolutions}`, seen)
  const change = parts.convolve(`${name}_${convolutions}_conv`, { filters: base, kernel: 3 })(all)
  return addScaled(x, change, name, options)
}

/** x plus a share of the change. */
function addScaled(
  x: tf.SymbolicTensor,
  change: tf.SymbolicTensor,
  name: string,
  { residualScale }: Resolved,
): tf.SymbolicTensor {
  return add(`${name}_sum`, [x, scale(`${name}_scale`, residualScale)(change)])
}

/** Every value times a constant. */
function scale(name: string, factor: number): Step {
  return link(tf.layers.rescaling({ name, scale: factor }))
}
