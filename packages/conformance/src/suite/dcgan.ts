import { type Batches, type Gan, normalPrior, randomStream } from '@gankit/core'
import { batchNormalization, glorotUniform } from '@gankit/layers'
import { nonSaturating } from '@gankit/losses'
import { adam, createGanTrainer, type GanTrainer } from '@gankit/trainer'
import * as tf from '@tensorflow/tfjs'

const side = 16
const batchSize = 8
const base = 8
export const steps = 20

function model(role: string, inputShape: number[], layers: readonly tf.layers.Layer[]): tf.LayersModel {
  const input = tf.input({ shape: inputShape })
  const output = layers.reduce<tf.SymbolicTensor>((x, layer) => layer.apply(x) as tf.SymbolicTensor, input)
  return tf.model({ name: role, inputs: input, outputs: output })
}

const seeded = (role: string, name: string) => ({
  name,
  kernelInitializer: glorotUniform({ seed: 3, purpose: `${role}/${name}` }),
})
const window = { kernelSize: 5, strides: 2, padding: 'same' } as const
const leaky = () => tf.layers.leakyReLU({ alpha: 0.2 })
const norm = (name: string) => batchNormalization({ name, momentum: 0.9, epsilon: 1e-5 })

/** A DCGAN for 16×16 images, with everything that a large one has. */
function smallDcgan(): Gan {
  const { dense, conv2d, conv2dTranspose, reshape, flatten } = tf.layers
  const quarter = side / 4
  return {
    generator: model(
      'generator',
      [base],
      [
        dense({ ...seeded('generator', 'dense_1'), units: quarter * quarter * 2 * base, useBias: false }),
        reshape({ targetShape: [quarter, quarter, 2 * base] }),
        norm('norm_1'),
        leaky(),
        conv2dTranspose({ ...seeded('generator', 'conv_1'), ...window, filters: base, useBias: false }),
        norm('norm_2'),
        leaky(),
        conv2dTranspose({ ...seeded('generator', 'conv_2'), ...window, filters: 1, activation: 'tanh' }),
      ],
    ),
    discriminator: model(
      'discriminator',
      [side, side, 1],
      [
        conv2d({ ...seeded('discriminator', 'conv_1'), ...window, filters: base }),
        leaky(),
        conv2d({ ...seeded('discriminator', 'conv_2'), ...window, filters: 2 * base, useBias: false }),
        norm('norm_1'),
        leaky(),
        flatten(),
        dense({ ...seeded('discriminator', 'dense_1'), units: 1 }),
      ],
    ),
    latent: { size: base, prior: normalPrior() },
    sampleShape: [side, side, 1],
  }
}

/** Seeded waves of any direction, in place of a dataset. */
export function waves(batch: number): Float32Array {
  const turns = randomStream(5, 'conformance/waves', batch).uniform(3 * batchSize)
  return Float32Array.from({ length: batchSize * side * side }, (_, i) => {
    const image = Math.floor(i / side ** 2)
    const [x, y] = [i % side, Math.floor(i / side) % side]
    const [along, across, phase] = turns.subarray(3 * image, 3 * image + 3) as unknown as [
      number,
      number,
      number,
    ]
    return Math.sin(along * x + across * y + 6 * phase)
  })
}

export function batches(): Batches {
  let batch = 0
  return {
    position: () => ({ epoch: 0, batch }),
    async next() {
      return { done: false, value: { samples: tf.tensor4d(waves(batch++), [batchSize, side, side, 1]) } }
    },
    [Symbol.asyncIterator]() {
      return this
    },
  }
}

export function smallTrainer(): GanTrainer {
  const optimizers = { generator: adam({ learningRate: 1e-3 }), discriminator: adam({ learningRate: 1e-3 }) }
  return createGanTrainer({ gan: smallDcgan(), objective: nonSaturating(), optimizers, seed: 17 })
}
