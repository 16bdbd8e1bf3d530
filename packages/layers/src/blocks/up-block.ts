import { checkChoice, checkInteger } from '@gankit/core'
import * as tf from '@tensorflow/tfjs'
import { pixelShuffle } from '../pixel-shuffle.ts'
import { Block, type BlockOptions } from './block.ts'

const kinds = ['transposed', 'resize', 'pixel-shuffle'] as const
const normalizations = ['batch', 'pixel', 'none'] as const
const activations = ['relu', 'leaky-relu', 'tanh', 'linear'] as const

export interface UpBlockOptions extends BlockOptions {
  /**
   * 'transposed': one transposed convolution (DCGAN, Radford et al. 2016, arXiv 1511.06434). A `kernel` that is a
   * multiple of `stride` covers every pixel equally often; other kernels leave a checkerboard pattern.
   *
   * 'resize': each pixel is repeated, then a convolution of stride 1, without checkerboards (Odena et al. 2016,
   * doi 10.23915/distill.00003). In stock tfjs the gradient of the repetition is right on some backends only, and only in the
   * first order: train with `patchGradients` of @gankit/runtime.
   *
   * 'pixel-shuffle': a convolution to stride² times the channels, then depth to space (Shi et al. 2016,
   * arXiv 1609.05158).
   */
  readonly kind: (typeof kinds)[number]
  /** Lines at the bottom and columns at the right that are cut off behind the convolution. Default none. */
  readonly crop?: readonly [lines: number, columns: number]
  /** Default 'batch'. 'pixel' comes after the activation, as in its paper. */
  readonly normalization?: (typeof normalizations)[number]
  /** Default 'relu'. 'tanh' ends a generator. */
  readonly activation?: (typeof activations)[number]
}

/**
 * The layers that take a generator from one size to the next: convolution, normalization, activation, under the names
 * `name_resize`, `name_conv`, `name_shuffle`, `name_crop`, `name_norm` and `name_activation`. Each call makes new layers.
 *
 * Weights start from N(0, 0.02²) and γ from N(1, 0.02²), as in DCGAN. The convolution has no bias before a batch norm.
 *
 * [n, h, w, c] → [n, h·stride − lines, w·stride − columns, filters]
 * @throws GankitError that names the first option at fault
 */
export function upBlock({
  kind,
  normalization = 'batch',
  activation = 'relu',
  crop = [0, 0],
  ...options
}: UpBlockOptions): tf.layers.Layer[] {
  checkChoice('layers', 'upBlock kind', kind, kinds)
  checkChoice('layers', 'upBlock normalization', normalization, normalizations)
  checkChoice('layers', 'upBlock activation', activation, activations)
  for (const count of crop) checkInteger('layers', 'upBlock crop', count, 0)
  const block = new Block('upBlock', options)
  const convolutions = [...convolveUp(kind, block, normalization !== 'batch'), ...cropLayers(block, crop)]
  const activationLayers = block.createActivation(activation)
  if (normalization === 'batch') return [...convolutions, block.createBatchNorm(), ...activationLayers]
  if (normalization === 'pixel') return [...convolutions, ...activationLayers, block.createPixelNorm()]
  return [...convolutions, ...activationLayers]
}

function convolveUp(kind: UpBlockOptions['kind'], block: Block, useBias: boolean): tf.layers.Layer[] {
  const { filters, stride, first } = block
  switch (kind) {
    case 'transposed':
      return [tf.layers.conv2dTranspose({ ...block.convolutionOptions(filters, stride, useBias), ...first })]
    case 'resize':
      return [
        tf.layers.upSampling2d({ name: block.nameLayer('resize'), size: [stride, stride], ...first }),
        tf.layers.conv2d(block.convolutionOptions(filters, 1, useBias)),
      ]
    case 'pixel-shuffle':
      return [
        tf.layers.conv2d({ ...block.convolutionOptions(filters * stride ** 2, 1, useBias), ...first }),
        pixelShuffle({ name: block.nameLayer('shuffle'), factor: stride }),
      ]
  }
}

function cropLayers(block: Block, [lines, columns]: readonly [number, number]): tf.layers.Layer[] {
  if (lines === 0 && columns === 0) return []
  const cropping: [[number, number], [number, number]] = [
    [0, lines],
    [0, columns],
  ]
  return [tf.layers.cropping2D({ name: block.nameLayer('crop'), cropping })]
}
