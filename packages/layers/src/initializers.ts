import { checkSeed, type RandomStream, randomStream } from '@gankit/core'
import * as tf from '@tensorflow/tfjs'
import { expectOption } from './options.ts'

/** What `kernelInitializer`, `biasInitializer` and their like take. */
export type Initializer = ReturnType<typeof tf.initializers.ones>

export interface SeededOptions {
  /** Whole number from 0 to 2⁵³ − 1. */
  readonly seed: number
  /** What the weight is for, such as 'generator/dense_1/kernel'. The same seed and purpose give the same weights. */
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

/**
 * Normal weights.
 * @throws GankitError for a seed out of range or a `std` that is not above 0
 */
export function normal({ mean = 0, std = 0.02, ...seeded }: NormalOptions): Initializer {
  expectOption(Number.isFinite(mean), 'normal mean', mean, 'a finite number')
  expectOption(std > 0 && Number.isFinite(std), 'normal std', std, 'a number above 0')
  const stock = tf.initializers.randomNormal({ mean, stddev: std })
  return draws(stock, seeded, (random, shape) => random.normal(tf.util.sizeFromShape(shape), mean, std))
}

/**
 * Uniform weights.
 * @throws GankitError for a seed out of range or limits that are no interval
 */
export function uniform({ min = -0.05, max = 0.05, ...seeded }: UniformOptions): Initializer {
  expectOption(min < max && Number.isFinite(max - min), 'uniform max', max, `a number above min (${min})`)
  // The stock class takes a limit of 0 for one that was left out, so the limits are written here.
  const stock = Object.assign(tf.initializers.randomUniform({}), {
    getConfig: () => ({ minval: min, maxval: max, seed: null }),
  })
  return draws(stock, seeded, (random, shape) => random.uniform(tf.util.sizeFromShape(shape), min, max))
}

/** Uniform on ±√(6 / (fan in + fan out)). Glorot and Bengio, AISTATS 2010. */
export function glorotUniform(seeded: SeededOptions): Initializer {
  return draws(tf.initializers.glorotUniform({}), seeded, (random, shape) => {
    const [fanIn, fanOut] = fans(shape)
    const limit = Math.sqrt(6 / (fanIn + fanOut))
    return random.uniform(tf.util.sizeFromShape(shape), -limit, limit)
  })
}

/** Normal with variance 2 / (fan in + fan out), not truncated. Glorot and Bengio, AISTATS 2010. */
export function glorotNormal(seeded: SeededOptions): Initializer {
  return draws(tf.initializers.glorotNormal({}), seeded, (random, shape) => {
    const [fanIn, fanOut] = fans(shape)
    return random.normal(tf.util.sizeFromShape(shape), 0, Math.sqrt(2 / (fanIn + fanOut)))
  })
}

/** Normal with variance 2 / fan in, not truncated, for ReLU and its kin. He et al. 2015, arXiv 1502.01852. */
export function heNormal(seeded: SeededOptions): Initializer {
  return draws(tf.initializers.heNormal({}), seeded, (random, shape) =>
    random.normal(tf.util.sizeFromShape(shape), 0, Math.sqrt(2 / fans(shape)[0])),
  )
}

/**
 * A stock initialiser that draws its numbers elsewhere: still an instance of tfjs' own base class, which isn't
 * exported, and saved under the stock class's name, so that plain tfjs opens the model.
 */
function draws(
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

/** [in, out] of a dense kernel, times the receptive field for a convolution's [...window, in, out]. */
function fans(shape: number[]): [fanIn: number, fanOut: number] {
  const [fanIn = 1, fanOut = 1] = shape.slice(-2)
  const window = tf.util.sizeFromShape(shape.slice(0, -2))
  return [fanIn * window, fanOut * window]
}
