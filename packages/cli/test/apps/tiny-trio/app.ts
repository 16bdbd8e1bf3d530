import { forward, normalPrior, sampleLatent, trainableWeights } from '@gankit/core'
import { defineApp, type GameApp } from '@gankit/experiment'
import { type Game, sgd, type Update } from '@gankit/trainer'
import * as tf from '@tensorflow/tfjs'

/** A network of one dense layer from `inputs` numbers to `outputs`, with seeded first weights. */
function network(name: string, inputs: number, outputs: number, seed: number): tf.LayersModel {
  const kernelInitializer = tf.initializers.randomNormal({ stddev: 0.3, seed })
  const layer = tf.layers.dense({ name: 'dense', units: outputs, inputShape: [inputs], kernelInitializer })
  return tf.sequential({ name, layers: [layer] })
}

/** The mean softplus of logits: the loss of a network that wants them low. */
const lower = (logits: tf.Tensor): tf.Scalar => tf.mean(tf.softplus(logits))

/**
 * Points by a game of three networks: beside the generator and the discriminator an encoder, which finds the noise again
 * that a point was made from, and which the generator helps (InfoGAN, Chen et al. 2016, with the noise as the code).
 */
export const app: GameApp<null> = defineApp({
  name: 'tiny-trio',
  title: 'Points by three networks',
  presets: {
    quick: {
      description: 'a look',
      model: null,
      training: {
        steps: 6,
        batch: 16,
        latentSize: 2,
        discriminatorSteps: 1,
        objective: 'non-saturating',
        optimizers: { generator: { name: 'sgd' }, discriminator: { name: 'sgd' } },
        sampleEvery: 3,
        checkpointEvery: 3,
      },
    },
  },
  defaultPreset: 'quick',
  data: { default: 'ring:200', kinds: { samples: 'points' } },
  createGame({ latentSize, sampleShape, seed }): Game {
    const size = sampleShape[0]!
    const latent = { size: latentSize, prior: normalPrior() }
    const generator = network('generator', latentSize, size, seed + 1)
    const discriminator = network('discriminator', size, 1, seed + 2)
    const encoder = network('encoder', size, latentSize, seed + 3)
    const player = (model: tf.LayersModel) => ({
      weights: trainableWeights(model),
      optimizer: sgd({ learningRate: 0.05 }),
    })
    const distance = (noise: tf.Tensor, fake: tf.Tensor): tf.Scalar =>
      tf.losses.meanSquaredError(noise, forward(encoder, fake))
    const discriminatorUpdate: Update = {
      player: 'discriminator',
      nextBatches: ['data'],
      loss({ batches, batchSize, random }) {
        const noise = sampleLatent(latent, batchSize, random('noise'))
        const fake = forward(generator, noise)
        const onReal = lower(tf.neg(forward(discriminator, batches['data']!.samples)))
        return { loss: tf.add(onReal, lower(forward(discriminator, fake))), shared: { noise, fake } }
      },
    }
    const encoderUpdate: Update = {
      player: 'encoder',
      loss: ({ shared }) => ({ loss: distance(shared['noise']!, shared['fake']!) }),
    }
    const generatorUpdate: Update = {
      player: 'generator',
      loss({ batchSize, random }) {
        const noise = sampleLatent(latent, batchSize, random('noise'))
        const fake = forward(generator, noise)
        const found = distance(noise, fake)
        const loss = tf.add(lower(tf.neg(forward(discriminator, fake))), found) as tf.Scalar
        return { loss, scalars: { distance: found } }
      },
    }
    return {
      networks: { generator, discriminator, encoder },
      players: {
        generator: player(generator),
        discriminator: player(discriminator),
        encoder: player(encoder),
      },
      generators: { generator: { model: generator, noise: latent, sampleShape } },
      streams: ['data'],
      scalars: [{ name: 'encoder/loss', label: 'E', chart: 'loss' }],
      updatesPerStep: 3,
      rounds: () => [[discriminatorUpdate, encoderUpdate], [generatorUpdate]],
    }
  },
})
