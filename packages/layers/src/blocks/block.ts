import * as tf from '@tensorflow/tfjs'
import { batchNormalization } from '../batch-normalization.ts'
import { normal, type SeededOptions } from '../initializers.ts'
import { expectCount, expectOption } from '../options.ts'
import { pixelNormalization } from '../pixel-normalization.ts'
import type { SeededWeights } from '../seeded-weights.ts'

/** What `upBlock` and `downBlock` share. */
export interface BlockOptions extends SeededWeights {
  /** What the names of the layers start with: `up_1` gives `up_1_conv`, and weights `up_1_conv/kernel`. */
  readonly name: string
  /** Channels that come out. */
  readonly filters: number
  /** Side of the convolution's window, in pixels. */
  readonly kernel: number
  /** How many times higher and wider, or lower and narrower. Default 2. */
  readonly stride?: number
  /** Of 'leaky-relu' below zero. Default 0.2, as in DCGAN. */
  readonly slope?: number
  /** [h, w, c], where the block is the first of a model. */
  readonly inputShape?: number[]
}

type Convolution = Parameters<typeof tf.layers.conv2d>[0]
type Activation = 'relu' | 'leaky-relu' | 'tanh' | 'linear'

/** The options of a block, checked and with defaults, and the layers that are made of them. */
export class Block {
  readonly filters: number
  readonly stride: number
  /** What the block's weights are drawn by: each is `purpose/weight`. */
  readonly seeded: SeededOptions
  /** Goes to the first layer of the block. */
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
    expectOption(
      typeof name === 'string' && name !== '',
      `${block} name`,
      `'${name}'`,
      "the start of the layers' names, such as 'up_1'",
    )
    for (const [option, count] of Object.entries({ filters, kernel, stride }))
      expectCount(`${block} ${option}`, count)
    expectOption(slope >= 0 && slope < 1, `${block} slope`, slope, 'a number from 0 to below 1')
    this.name = name
    this.filters = filters
    this.kernel = kernel
    this.stride = stride
    this.slope = slope
    this.seeded = { seed, purpose }
    this.initializer = initializer
    this.first = inputShape ? { inputShape } : {}
  }

  nameOf(layer: string): string {
    return `${this.name}_${layer}`
  }

  /** What a convolution of this block is made with. A batch norm after it takes away any bias, and has its own. */
  convolution(filters: number, strides: number, useBias: boolean): Convolution {
    return {
      name: this.nameOf('conv'),
      filters,
      kernelSize: this.kernel,
      strides,
      padding: 'same',
      useBias,
      kernelInitializer: this.initializer(this.weight('kernel')),
    }
  }

  /** Batch norm with γ from N(1, 0.02²), as in DCGAN's code. */
  batchNorm(): tf.layers.Layer {
    const gammaInitializer = normal({ mean: 1, ...this.weight('gamma') })
    return batchNormalization({ name: this.nameOf('norm'), gammaInitializer })
  }

  pixelNorm(): tf.layers.Layer {
    return pixelNormalization({ name: this.nameOf('norm') })
  }

  activation(activation: Activation): tf.layers.Layer[] {
    const name = this.nameOf('activation')
    if (activation === 'linear') return []
    if (activation === 'relu') return [tf.layers.reLU({ name })]
    if (activation === 'leaky-relu') return [tf.layers.leakyReLU({ name, alpha: this.slope })]
    return [tf.layers.activation({ name, activation })]
  }

  private weight(name: string): SeededOptions {
    return { seed: this.seeded.seed, purpose: `${this.seeded.purpose}/${name}` }
  }
}
