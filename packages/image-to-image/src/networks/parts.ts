import {
  batchNormalization,
  createInitializer,
  type Initialization,
  type Initializer,
  instanceNormalization,
  normal,
  type SeededOptions,
  spectralNormalization,
} from '@gankit/layers'
import * as tf from '@tensorflow/tfjs'

/** How values behind a convolution are normalized. */
export type Normalization = 'instance' | 'batch' | 'none'

/** What all networks here have in common. */
export interface NetworkOptions {
  /** The network's name, which is in the seeds of its first weights: two networks of one name start alike. */
  readonly name?: string
  /** [height, width, channels] of the picture that comes in. */
  readonly inputShape: readonly [height: number, width: number, channels: number]
  /** Distribution of the first weights. Default { name: 'normal', std: 0.02 }, as in the references. */
  readonly initialization?: Initialization
  /** Seed of the first weights. Default 0. */
  readonly seed?: number
}

export interface ConvolutionOptions {
  readonly filters: number
  readonly kernel: number
  readonly stride?: number
  /** Default 'same'. */
  readonly padding?: 'same' | 'valid'
  /** Default true. */
  readonly useBias?: boolean
  /** Of the kernel, in place of the network's own. */
  readonly initializer?: (seeded: SeededOptions) => Initializer
}

/** A step from tensor to tensor of a graph of layers. */
export type Step = (x: tf.SymbolicTensor) => tf.SymbolicTensor

/** Makes the layers of one network: their names become part of the seeds of their weights. */
export class Parts {
  private readonly network: string
  private readonly seed: number
  private readonly initialization: Initialization

  constructor({
    name,
    seed,
    initialization,
  }: Required<Pick<NetworkOptions, 'name' | 'seed' | 'initialization'>>) {
    this.network = name
    this.seed = seed
    this.initialization = initialization
  }

  seeded(weight: string): SeededOptions {
    return { seed: this.seed, purpose: `image-to-image/${this.network}/${weight}` }
  }

  convolve(name: string, options: ConvolutionOptions): Step {
    return link(tf.layers.conv2d(this.convolutionOptions(name, options)))
  }

  dense(name: string, units: number): Step {
    const seeded = this.seeded(`${name}/kernel`)
    return link(
      tf.layers.dense({
        name,
        units,
        kernelInitializer: createInitializer(this.initialization, seeded),
      }),
    )
  }

  /** A convolution whose kernel is divided by its spectral norm. */
  convolveSpectral(name: string, options: ConvolutionOptions): Step {
    const layer = tf.layers.conv2d(this.convolutionOptions(name, options))
    return link(spectralNormalization(layer, this.seeded(name)))
  }

  convolveTransposed(name: string, options: ConvolutionOptions): Step {
    return link(tf.layers.conv2dTranspose(this.convolutionOptions(name, options)))
  }

  private convolutionOptions(
    name: string,
    { filters, kernel, stride = 1, padding = 'same', useBias = true, initializer }: ConvolutionOptions,
  ) {
    const seeded = this.seeded(`${name}/kernel`)
    return {
      name,
      filters,
      kernelSize: kernel,
      strides: stride,
      padding,
      useBias,
      kernelInitializer: initializer?.(seeded) ?? createInitializer(this.initialization, seeded),
    }
  }

  /** Normalization, or nothing. γ of batch norm starts from N(1, 0.02²), as in the references. */
  normalize(name: string, normalization: Normalization): Step {
    switch (normalization) {
      case 'instance':
        return link(instanceNormalization({ name }))
      case 'batch':
        return link(
          batchNormalization({
            name,
            gammaInitializer: normal({ mean: 1, ...this.seeded(`${name}/gamma`) }),
          }),
        )
      case 'none':
        return x => x
    }
  }
}

/** A layer as a step. */
export function link(layer: tf.layers.Layer): Step {
  return x => layer.apply(x) as tf.SymbolicTensor
}

export function relu(name: string): Step {
  return link(tf.layers.reLU({ name }))
}

export function leakyRelu(name: string): Step {
  return link(tf.layers.leakyReLU({ name, alpha: 0.2 }))
}

/** x behind all steps, one after another. */
export function follow(x: tf.SymbolicTensor, ...steps: readonly Step[]): tf.SymbolicTensor {
  return steps.reduce((before, step) => step(before), x)
}

export function concatenate(name: string, parts: readonly tf.SymbolicTensor[]): tf.SymbolicTensor {
  return tf.layers.concatenate({ name, axis: -1 }).apply([...parts]) as tf.SymbolicTensor
}

export function add(name: string, parts: readonly tf.SymbolicTensor[]): tf.SymbolicTensor {
  return tf.layers.add({ name }).apply([...parts]) as tf.SymbolicTensor
}

/** Cuts a picture that doubling has made larger than wanted: lines at the bottom, columns at the right. */
export function cropTo(name: string, height: number, width: number): Step {
  return x => {
    const [, h, w] = x.shape as [null, number, number]
    if (h === height && w === width) return x
    const cropping: [[number, number], [number, number]] = [
      [0, h - height],
      [0, w - width],
    ]
    return tf.layers.cropping2D({ name, cropping }).apply(x) as tf.SymbolicTensor
  }
}
