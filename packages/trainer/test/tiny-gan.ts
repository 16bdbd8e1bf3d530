import { type Batches, type Gan, normalPrior, randomStream } from '@gankit/core'
import { batchNormalization, glorotUniform, seededDropout } from '@gankit/layers'
import * as tf from '@tensorflow/tfjs'

const model = (name: string, inputSize: number, layers: tf.layers.Layer[]) => {
  const input = tf.input({ shape: [inputSize] })
  const output = layers.reduce<tf.SymbolicTensor>((x, layer) => layer.apply(x) as tf.SymbolicTensor, input)
  return tf.model({ name, inputs: input, outputs: output })
}
const dense = (
  role: string,
  name: string,
  units: number,
  { activation = 'linear', useBias = true }: { activation?: 'linear' | 'tanh'; useBias?: boolean } = {},
) =>
  tf.layers.dense({
    name,
    units,
    activation,
    useBias,
    kernelInitializer: glorotUniform({ seed: 5, purpose: `${role}/${name}` }),
  })

export interface TinyOptions {
  readonly discriminatorNorm?: boolean
  readonly dropout?: number
}

/** Latents of 3 numbers to points in the plane; both nets small enough to be followed by hand. */
export function tinyGan({ discriminatorNorm = false, dropout = 0 }: TinyOptions = {}): Gan {
  const leaky = (name: string) => tf.layers.leakyReLU({ name, alpha: 0.2 })
  return {
    generator: model('generator', 3, [
      // Batch norm takes any bias away again.
      dense('generator', 'dense_1', 4, { useBias: false }),
      batchNormalization({ name: 'norm_1', momentum: 0.9, epsilon: 1e-5 }),
      leaky('leaky_1'),
      dense('generator', 'dense_2', 2, { activation: 'tanh' }),
    ]),
    discriminator: model('discriminator', 2, [
      dense('discriminator', 'dense_1', 4),
      ...(discriminatorNorm ? [batchNormalization({ name: 'norm_1' })] : []),
      leaky('leaky_1'),
      ...(dropout > 0 ? [seededDropout({ name: 'dropout_1', rate: dropout })] : []),
      dense('discriminator', 'dense_2', 1),
    ]),
    latent: { size: 3, prior: normalPrior() },
    sampleShape: [2],
  }
}

/** Batches of seeded points, without end (or for so many), that know where they are. */
export function points(
  size = 8,
  { from = 0, count = Number.POSITIVE_INFINITY }: { from?: number; count?: number } = {},
): Batches {
  let batch = from
  return {
    position: () => ({ epoch: 0, batch }),
    async next() {
      if (batch >= from + count) return { done: true, value: undefined }
      const samples = tf.tensor2d(randomStream(9, 'points', batch++).uniform(2 * size, -1, 1), [size, 2])
      return { done: false, value: { samples } }
    },
    [Symbol.asyncIterator]() {
      return this
    },
  }
}
