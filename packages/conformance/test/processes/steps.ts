import { type Gan, normalPrior } from '@gankit/core'
import { mnist } from '@gankit/datasets'
import { batchNormalization, glorotUniform, seededDropout } from '@gankit/layers'
import { nonSaturating } from '@gankit/losses'
import { selectBackend } from '@gankit/runtime/node'
import { createGanTrainer, hashWeights } from '@gankit/trainer'
import * as tf from '@tensorflow/tfjs'

// Trains a small net on digits with a backend, threads and a seed for so many steps, and prints the hash of its weights.
const [backend = 'wasm', threads = '1', seed = '1', steps = '1000'] = process.argv.slice(2)
await selectBackend({ backend, threads: Number(threads) })

const dense = (name: string, units: number, activation: 'linear' | 'tanh' = 'linear') => {
  const kernelInitializer = glorotUniform({ seed: Number(seed), purpose: name })
  return tf.layers.dense({ name, units, activation, kernelInitializer })
}
const network = (inputShape: number[], layers: tf.layers.Layer[]) =>
  tf.sequential({ layers: [tf.layers.inputLayer({ inputShape }), ...layers] })
const gan: Gan = {
  generator: network(
    [16],
    [
      dense('g1', 64),
      batchNormalization({ name: 'norm' }),
      tf.layers.leakyReLU({ alpha: 0.2 }),
      dense('g2', 784, 'tanh'),
      tf.layers.reshape({ targetShape: [28, 28, 1] }),
    ],
  ),
  discriminator: network(
    [28, 28, 1],
    [
      tf.layers.flatten(),
      dense('d1', 64),
      tf.layers.leakyReLU({ alpha: 0.2 }),
      seededDropout({ name: 'dropout', rate: 0.3 }),
      dense('d2', 1),
    ],
  ),
  latent: { size: 16, prior: normalPrior() },
  sampleShape: [28, 28, 1],
}
const trainer = createGanTrainer({ gan, objective: nonSaturating(), seed: Number(seed), averageDecay: 0.99 })
const batches = (await mnist()).batches({ size: 16, seed: Number(seed) })
const { step } = await trainer.fit(batches, { steps: Number(steps) })
process.stdout.write(`\n${JSON.stringify({ step, hash: await hashWeights(trainer.game.networks) })}`)
