import { checkChoice } from '@gankit/core'
import * as tf from '@tensorflow/tfjs'
import { spectralNormalization } from '../spectral-normalization.ts'
import { Block, type BlockOptions } from './block.ts'

const normalizations = ['batch', 'spectral', 'none'] as const
const activations = ['leaky-relu', 'relu', 'linear'] as const

export interface DownBlockOptions extends BlockOptions {
  /**
   * Default 'batch'. DCGAN has 'none' in D's first block. With a gradient penalty take 'none' or 'spectral': batch norm
   * makes a sample's logit depend on the others.
   */
  readonly normalization?: (typeof normalizations)[number]
  /** Default 'leaky-relu'. */
  readonly activation?: (typeof activations)[number]
}

/**
 * The layers that take a discriminator from one size to the next: a convolution of that stride, normalization,
 * activation, under the names `name_conv`, `name_norm` and `name_activation` (DCGAN, Radford et al. 2016,
 * arXiv 1511.06434; 'spectral' as in Miyato et al. 2018, arXiv 1802.05957). Each call makes new layers.
 *
 * Weights start from N(0, 0.02²) and γ from N(1, 0.02²), as in DCGAN. The convolution has no bias before a batch norm.
 *
 * [n, h, w, c] → [n, ⌈h/stride⌉, ⌈w/stride⌉, filters]
 * @throws GankitError that names the first option at fault
 */
export function downBlock({
  normalization = 'batch',
  activation = 'leaky-relu',
  ...options
}: DownBlockOptions): tf.layers.Layer[] {
  checkChoice('layers', 'downBlock normalization', normalization, normalizations)
  checkChoice('layers', 'downBlock activation', activation, activations)
  const block = new Block('downBlock', options)
  const convolution = tf.layers.conv2d({
    ...block.convolutionOptions(block.filters, block.stride, normalization !== 'batch'),
    ...block.first,
  })
  const activationLayers = block.createActivation(activation)
  if (normalization === 'batch') return [convolution, block.createBatchNorm(), ...activationLayers]
  if (normalization === 'spectral')
    return [spectralNormalization(convolution, block.seeded), ...activationLayers]
  return [convolution, ...activationLayers]
}
