import {
  checkInteger,
  checkOption,
  checkPositive,
  checkSeed,
  GankitError,
  type RandomStream,
  randomStream,
  sizeOfShape,
} from '@gankit/core'
import * as tf from '@tensorflow/tfjs'

/** The type of a layer's `kernelInitializer`, `biasInitializer` and so on. */
export type Initializer = ReturnType<typeof tf.initializers.ones>

export interface SeededOptions {
  /** Whole number from 0 to 2⁵³ − 1. */
  readonly seed: number
  /** The weight's place, such as 'generator/dense_1/kernel'. The same seed and purpose give the same weights. */
  readonly purpose: string
}

export interface NormalOptions extends SeededOptions {
  /** Default 0. */
  readonly mean?: number
  /** Standard deviation, above 0. Default 0.02, as in DCGAN (Radford et al. 2016). */
  readonly std?: number
}

export interface UniformOptions extends SeededOptions {
  /** Included. Default −0.05. */
  readonly min?: number
  /** Excluded. Default 0.05. */
  readonly max?: number
}

export interface IcnrOptions {
  /** How the kernel of one sub-pixel starts, for a shape with r² times fewer output channels. */
  readonly initializer: Initializer
  /** r, the `factor` of the pixelShuffle behind the convolution, a whole number from 1 up. Default 2. */
  readonly factor?: number
}

/** The seed and the initializer of a layer that has several weights, or of a block of layers. */
export interface SeededWeights {
  /** Whole number from 0 to 2⁵³ − 1. Default 0. */
  readonly seed?: number
  /**
   * The start of each weight's purpose, before the weight's own name: 'generator/up_1' gives 'generator/up_1/kernel'.
   * Default: `name`; then equal names and seeds in G and D give equal weights.
   */
  readonly purpose?: string
  /** Of each kernel, such as `heNormal`, or `seeded => normal({ ...seeded, std: 0.01 })`. */
  readonly initializer?: (seeded: SeededOptions) => Initializer
}

/** How the kernels of a model start, as plain data for a configuration. */
export type Initialization =
  | { readonly name: 'glorot' }
  | { readonly name: 'normal'; readonly std: number }
  | { readonly name: 'uniform'; readonly limit: number }

/**
 * The initializer that a configuration names: `glorotUniform`, `normal` of mean 0, or `uniform` on ±limit.
 * @throws GankitError for a seed, `std` or `limit` out of range
 */
export function createInitializer(initialization: Initialization, seeded: SeededOptions): Initializer {
  switch (initialization.name) {
    case 'glorot':
      return glorotUniform(seeded)
    case 'normal':
      return normal({ ...seeded, std: initialization.std })
    case 'uniform':
      return uniform({ ...seeded, min: -initialization.limit, max: initialization.limit })
  }
}

/**
 * Normal weights.
 * @throws GankitError for a seed out of range or a `std` that is not above 0
 */
export function normal({ mean = 0, std = 0.02, ...seeded }: NormalOptions): Initializer {
  checkOption('layers', 'normal mean', mean, Number.isFinite(mean), 'a finite number')
  checkPositive('layers', 'normal std', std)
  const stock = tf.initializers.randomNormal({ mean, stddev: std })
  return seedInitializer(stock, seeded, (random, shape) => random.normal(sizeOfShape(shape), mean, std))
}

/**
 * Uniform weights.
 * @throws GankitError for a seed out of range or limits that are no interval
 */
export function uniform({ min = -0.05, max = 0.05, ...seeded }: UniformOptions): Initializer {
  const isInterval = min < max && Number.isFinite(max - min)
  checkOption('layers', 'uniform max', max, isInterval, `a number above min (${min})`)
  // The stock class treats a limit of 0 as missing, so the limits are written here.
  const stock = Object.assign(tf.initializers.randomUniform({}), {
    getConfig: () => ({ minval: min, maxval: max, seed: null }),
  })
  return seedInitializer(stock, seeded, (random, shape) => random.uniform(sizeOfShape(shape), min, max))
}

/** Uniform on ±√(6 / (fan in + fan out)). Glorot and Bengio, AISTATS 2010. */
export function glorotUniform(seeded: SeededOptions): Initializer {
  return seedInitializer(tf.initializers.glorotUniform({}), seeded, (random, shape) => {
    const [fanIn, fanOut] = countFans(shape)
    const limit = Math.sqrt(6 / (fanIn + fanOut))
    return random.uniform(sizeOfShape(shape), -limit, limit)
  })
}

/** Normal with variance 2 / (fan in + fan out), not truncated. Glorot and Bengio, AISTATS 2010. */
export function glorotNormal(seeded: SeededOptions): Initializer {
  return seedInitializer(tf.initializers.glorotNormal({}), seeded, (random, shape) => {
    const [fanIn, fanOut] = countFans(shape)
    return random.normal(sizeOfShape(shape), 0, Math.sqrt(2 / (fanIn + fanOut)))
  })
}

/** Normal with variance 2 / fan in, not truncated, for ReLU and its kin. He et al. 2015, arXiv 1502.01852. */
export function heNormal(seeded: SeededOptions): Initializer {
  return seedInitializer(tf.initializers.heNormal({}), seeded, (random, shape) =>
    random.normal(sizeOfShape(shape), 0, Math.sqrt(2 / countFans(shape)[0])),
  )
}

/**
 * ICNR (Aitken et al. 2017, arXiv 1707.02937), for the kernel of a convolution before `pixelShuffle`: the r² channels that
 * become the pixels of one block start with the same weights. So the first output is an enlargement by repeated
 * pixels, where independent weights would start with a checkerboard.
 *
 * The weights are saved as those of the initializer that is given, whose numbers for [..., in, C] are repeated for
 * [..., in, C·r²].
 * @throws GankitError for a factor below 1 or not whole; when the layer is built, for channels that r² doesn't divide
 */
export function icnr({ initializer, factor = 2 }: IcnrOptions): Initializer {
  checkInteger('layers', 'icnr factor', factor, 1)
  const square = factor ** 2
  const apply = (shape: tf.Shape): tf.Tensor => {
    const channels = shape.at(-1)!
    if (channels % square !== 0)
      throw new GankitError(
        'layers',
        'data',
        `icnr got a kernel of shape [${shape}], expected a multiple of factor² = ${square} output channels: give the layer ${square} times the filters that pixelShuffle is to put out`,
      )
    const one = [...shape.slice(0, -1), channels / square] as number[]
    return tf.tidy(() =>
      initializer
        .apply(one)
        .reshape([-1, 1])
        .tile([1, square])
        .reshape(shape as number[]),
    )
  }
  return Object.assign(Object.create(initializer) as Initializer, { apply })
}

/**
 * Makes a stock initializer draw its numbers from a seeded stream. It stays an instance of tfjs' own base class, which
 * isn't exported, and is saved under the stock class's name, so that plain tfjs opens the model.
 */
function seedInitializer(
  stock: Initializer,
  { seed, purpose }: SeededOptions,
  draw: (random: RandomStream, shape: number[]) => Float32Array,
): Initializer {
  checkSeed(seed)
  return Object.assign(stock, {
    apply: (shape: tf.Shape) =>
      tf.tensor(draw(randomStream(seed, purpose), shape as number[]), shape as number[]),
  })
}

/** The connections of an input and of an output number: [in, out] of a kernel [...window, in, out], times the window. */
function countFans(shape: number[]): [fanIn: number, fanOut: number] {
  const [fanIn = 1, fanOut = 1] = shape.slice(-2)
  const window = sizeOfShape(shape.slice(0, -2))
  return [fanIn * window, fanOut * window]
}
