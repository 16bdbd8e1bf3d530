import { forward, trainableWeights } from '@gankit/core'
import { defineApp, type StreamsApp } from '@gankit/experiment'
import { adam, type Game, type Update } from '@gankit/trainer'
import * as tf from '@tensorflow/tfjs'

/** A network of one convolution, with seeded first weights. */
function network(name: string, inputShape: number[], filters: number, seed: number): tf.LayersModel {
  const kernelInitializer = tf.initializers.randomNormal({ stddev: 0.1, seed })
  const layer = {
    name: 'conv',
    filters,
    kernelSize: 3,
    padding: 'same',
    inputShape,
    kernelInitializer,
  } as const
  return tf.sequential({ name, layers: [tf.layers.conv2d(layer)] })
}

/** What a test is told of each step: the inputs of its batch. */
export const hooks = { seeInputs: (_inputs: tf.Tensor): void => {} }

/**
 * pix2pix (Isola et al. 2017, arXiv 1611.07004) on small pictures: gray inputs, their targets in color, and a PatchGAN. With further
 * inputs, which have no targets, what is made of these has to pass for real as well.
 */
export const app: StreamsApp<null, 'input' | 'target', 'further'> = defineApp({
  name: 'tiny-pairs',
  title: 'Gray pictures in color',
  presets: {
    quick: {
      description: 'a look',
      model: null,
      training: {
        steps: 2,
        batch: 2,
        latentSize: 1,
        discriminatorSteps: 1,
        objective: 'non-saturating',
        optimizers: { generator: { name: 'adam' }, discriminator: { name: 'adam' } },
        sampleEvery: 1,
      },
    },
  },
  defaultPreset: 'quick',
  streams: {
    input: { kinds: { option: 'size' }, options: { size: 8, channels: 1 } },
    target: { kinds: { option: 'size' }, options: { size: 8, channels: 3 } },
    further: { kinds: { option: 'size' }, options: { size: 8, channels: 1 }, optional: true },
  },
  paired: true,
  samples: { from: 'input', like: 'target', measures: ['psnr-y', 'psnr-rgb'], crop: 1 },
  createGame({ seed, streams: { input, target, further } }): Game {
    const [height, width, from] = input.sampleShape as [number, number, number]
    const channels = target.sampleShape[2]!
    const generator = network('generator', [height, width, from], channels, seed + 1)
    const discriminator = network('discriminator', [height, width, from + channels], 1, seed + 2)
    const judge = (input: tf.Tensor, output: tf.Tensor) =>
      forward(discriminator, tf.concat([input, output], 3))
    const player = (model: tf.LayersModel) => ({ weights: trainableWeights(model), optimizer: adam() })
    const judgeUpdate: Update = {
      player: 'discriminator',
      nextBatches: ['input', 'target'],
      loss({ batches }) {
        const [input, target] = [batches['input']!.samples, batches['target']!.samples]
        hooks.seeInputs(input)
        const real = tf.mean(tf.softplus(tf.neg(judge(input, target))))
        const fake = tf.mean(tf.softplus(judge(input, forward(generator, input))))
        return { loss: tf.add(real, fake) as tf.Scalar }
      },
    }
    const generatorUpdate: Update = {
      player: 'generator',
      currentBatches: ['input', 'target'],
      ...(further && { nextBatches: ['further'] }),
      loss({ batches }) {
        const [input, target] = [batches['input']!.samples, batches['target']!.samples]
        const output = forward(generator, input)
        // Only of the right target is an input the mean over the channels.
        const mismatch = tf.mean(tf.abs(tf.sub(tf.mean(target, 3, true), input))) as tf.Scalar
        const l1 = tf.mean(tf.abs(tf.sub(output, target))) as tf.Scalar
        const adversarial = tf.mean(tf.softplus(tf.neg(judge(input, output))))
        const others = batches['further']?.samples
        const passing = others
          ? [tf.mean(tf.softplus(tf.neg(judge(others, forward(generator, others)))))]
          : []
        return { loss: tf.addN([adversarial, l1, ...passing]) as tf.Scalar, scalars: { l1, mismatch } }
      },
    }
    return {
      networks: { generator, discriminator },
      players: { generator: player(generator), discriminator: player(discriminator) },
      generators: {
        generator: {
          model: generator,
          condition: { kind: 'image', shape: [height, width, from] },
          sampleShape: [height, width, channels],
        },
      },
      streams: ['input', 'target', ...(further ? ['further'] : [])],
      scalars: [],
      updatesPerStep: 2,
      rounds: () => [[judgeUpdate], [generatorUpdate]],
    }
  },
})
