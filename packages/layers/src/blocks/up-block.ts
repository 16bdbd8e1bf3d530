import * as tf from '@tensorflow/tfjs'
import { expectChoice } from '../options.ts'
import { pixelShuffle } from '../pixel-shuffle.ts'
import { Block, type BlockOptions } from './block.ts'

const kinds = ['transposed', 'resize', 'pixel-shuffle'] as const
const normalizations = ['batch', 'pixel', 'none'] as const
const activations = ['relu', 'leaky-relu', 'tanh', 'linear'] as const

export interface UpBlockOptions extends BlockOptions {
  /**
   * 'transposed': one transposed convolution (DCGAN, Radford et al. 2016, arXiv 1511.06434). A `kernel` that is a
   * multiple of `stride` covers every pixel equally often; others draw a chessboard.
   *
   * 'resize': each pixel is repeated, then a convolution of stride 1, without chessboards (Odena et al. 2016,
   * doi 10.23915/distill.00003). Stock tfjs has the gradient of repeating right on some backends only, and in the first
   * order: train it with `patchGradients` of @gankit/runtime.
   *
   * 'pixel-shuffle': a convolution to stride² times the channels, then depth to space (Shi et al. 2016,
   * arXiv 1609.05158).
   */
  readonly kind: (typeof kinds)[number]
  /** Default 'batch'. 'pixel' stands behind the activation, as its authors have it. */
  readonly normalization?: (typeof normalizations)[number]
  /** Default 'relu'. 'tanh' ends a generator. */
  readonly activation?: (typeof activations)[number]
}

/**
 * The layers that take a generator from one size to the next: convolution, normalisation, activation, under the names
 * `name_resize`, `name_conv`, `name_shuffle`, `name_norm` and `name_activation`. Each call makes new ones.
 *
 * Weights start from N(0, 0.02²) and γ from N(1, 0.02²), as in DCGAN. The convolution has no bias before a batch norm.
 *
 * [n, h, w, c] → [n, h·stride, w·stride, filters]
 * @throws GankitError that names the first option at fault
 */
export function upBlock({
  kind,
  normalization = 'batch',
  activation = 'relu',
  ...options
}: UpBlockOptions): tf.layers.Layer[] {
  expectChoice('upBlock kind', kind, kinds)
  expectChoice('upBlock normalization', normalization, normalizations)
  expectChoice('upBlock activation', activation, activations)
  const block = new Block('upBlock', options)
  const convolutions = larger(kind, block, normalization !== 'batch')
  const activated = block.activation(activation)
  if (normalization === 'batch') return [...convolutions, block.batchNorm(), ...activated]
  if (normalization === 'pixel') return [...convolutions, ...activated, block.pixelNorm()]
  return [...convolutions, ...activated]
}

function larger(kind: UpBlockOptions['kind'], block: Block, useBias: boolean): tf.layers.Layer[] {
  const { filters, stride, first } = block
  switch (kind) {
    case 'transposed':
      return [tf.layers.conv2dTranspose({ ...block.convolution(filters, stride, useBias), ...first })]
    case 'resize':
      return [
        tf.layers.upSampling2d({ name: block.nameOf('resize'), size: [stride, stride], ...first }),
        tf.layers.conv2d(block.convolution(filters, 1, useBias)),
      ]
    case 'pixel-shuffle':
      return [
        tf.layers.conv2d({ ...block.convolution(filters * stride ** 2, 1, useBias), ...first }),
        pixelShuffle({ name: block.nameOf('shuffle'), factor: stride }),
      ]
  }
}
