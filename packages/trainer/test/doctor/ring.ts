import { type Batches, type Gan, normalPrior, randomStream } from '@gankit/core'
import { glorotUniform } from '@gankit/layers'
import * as tf from '@tensorflow/tfjs'

/** Points of eight narrow Gaussians on a ring of radius 0.8. @returns [count, 2] */
export function ringPoints(count: number, step: number): Float32Array {
  const random = randomStream(11, 'ring', step)
  const noise = random.normal(2 * count, 0, 0.02)
  const mode = random.uniform(count, 0, 8).map(Math.floor)
  return noise.map((value, k) => {
    const angle = (2 * Math.PI * mode[k >> 1]!) / 8
    return value + 0.8 * (k % 2 === 0 ? Math.cos(angle) : Math.sin(angle))
  })
}

/** Batches of whatever points there are for each step. */
export function batchesOf(count: number, points: (batch: number) => Float32Array): Batches {
  let batch = 0
  return {
    position: () => ({ epoch: 0, batch }),
    next: async () => ({
      done: false,
      value: { samples: tf.tensor2d(points(batch++), [count, points(0).length / count]) },
    }),
    [Symbol.asyncIterator]() {
      return this
    },
  }
}

const dense = (
  role: string,
  index: number,
  units: number,
  inputSize: number,
  activation: 'relu' | 'linear',
) =>
  tf.layers.dense({
    name: `dense_${index}`,
    units,
    activation,
    inputShape: [inputSize],
    kernelInitializer: glorotUniform({ seed: 5, purpose: `${role}/${index}` }),
  })

const network = (role: string, input: number, output: number) =>
  tf.sequential({
    layers: [
      dense(role, 1, 32, input, 'relu'),
      dense(role, 2, 32, 32, 'relu'),
      dense(role, 3, output, 32, 'linear'),
    ],
  })

/** A small GAN for points in the plane; either network may be another. */
export function ringGan({
  generator,
  discriminator,
}: Partial<Pick<Gan, 'generator' | 'discriminator'>> = {}): Gan {
  return {
    generator: generator ?? network('generator', 4, 2),
    discriminator: discriminator ?? network('discriminator', 2, 1),
    latent: { size: 4, prior: normalPrior() },
    sampleShape: [2],
  }
}
