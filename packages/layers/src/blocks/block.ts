import { checkInteger, checkOption } from '@gankit/core'
import * as tf from '@tensorflow/tfjs'
import { batchNormalization } from '../batch-normalization.ts'
import { normal, type SeededOptions, type SeededWeights } from '../initializers.ts'
import { pixelNormalization } from '../pixel-normalization.ts'

/** Options of both `upBlock` and `downBlock`. */
export interface BlockOptions extends SeededWeights {
  /** The start of the layers' names: `up_1` gives `up_1_conv`, and weights `up_1_conv/kernel`. */
  readonly name: string
  /** Channels of the output. */
  readonly filters: number
  /** Side of the convolution's window, in pixels. */
  readonly kernel: number
  /** The factor by which the output is larger, or smaller, in height and width. Default 2. */
  readonly stride?: number
  /** The slope of 'leaky-relu' below zero. Default 0.2, as in DCGAN. */
  readonly slope?: number
  /** [h, w, c], if the block is the first of a model. */
  readonly inputShape?: number[]
}

type Convolution = Parameters<typeof tf.layers.conv2d>[0]
type Activation = 'relu' | 'leaky-relu' | 'tanh' | 'linear'

/** The options of a block, checked and with defaults, and a factory of its layers. */
export class Block {
  readonly filters: number
  readonly stride: number
  /** Seed and purpose of the block's weights: each is drawn for `purpose/weight`. */
  readonly seeded: SeededOptions
  /** Options of the block's first layer alone. */
  readonly first: { readonly inputShape?: number[] }
  private readonly name: string
  private readonly kernel: number
  private readonly slope: number
  private readonly initializer: NonNullable<SeededWeights['initializer']>

  /** @throws GankitError that names the first option at fault */
  constructor(
    block: 'upBlock' | 'downBlock',
    {
      name,
      filters,
      kernel,
      stride = 2,
      slope = 0.2,
      seed = 0,
      purpose = name,
      initializer = normal,
      inputShape,
    }: BlockOptions,
  ) {
    checkOption(
      'layers',
      `${block} name`,
      name,
      typeof name === 'string' && name !== '',
      "the start of the layers' names, such as 'up_1'",
    )
    for (const [option, count] of Object.entries({ filters, kernel, stride }))
      checkInteger('layers', `${block} ${option}`, count, 1)
    const isSlope = slope >= 0 && slope < 1
    checkOption('layers', `${block} slope`, slope, isSlope, 'a number from 0 to below 1')
    this.name = name
    this.filters = filters
    this.kernel = kernel
    this.stride = stride
    this.slope = slope
    this.seeded = { seed, purpose }
    this.initializer = initializer
    this.first = inputShape ? { inputShape } : {}
  }

  nameLayer(layer: string): string {
    return `${this.name}_${layer}`
  }

  /** The options of a convolution. Without a bias before batch norm, which would subtract it and has its own. */
  convolutionOptions(filters: number, strides: number, useBias: boolean): Convolution {
    return {
      name: this.nameLayer('conv'),
      filters,
      kernelSize: this.kernel,
      strides,
      padding: 'same',
      useBias,
      kernelInitializer: this.initializer(this.seedWeight('kernel')),
    }
  }

  /** Batch norm with γ from N(1, 0.02²), as in DCGAN's code. */
  createBatchNorm(): tf.layers.Layer {
    const gammaInitializer = normal({ mean: 1, ...this.seedWeight('gamma') })
    return batchNormalization({ name: this.nameLayer('norm'), gammaInitializer })
  }

  createPixelNorm(): tf.layers.Layer {
    return pixelNormalization({ name: this.nameLayer('norm') })
  }

  createActivation(activation: Activation): tf.layers.Layer[] {
    const name = this.nameLayer('activation')
    if (activation === 'linear') return []
    if (activation === 'relu') return [tf.layers.reLU({ name })]
    if (activation === 'leaky-relu') return [tf.layers.leakyReLU({ name, alpha: this.slope })]
    return [tf.layers.activation({ name, activation })]
  }

  private seedWeight(name: string): SeededOptions {
    return { seed: this.seeded.seed, purpose: `${this.seeded.purpose}/${name}` }
  }
}
