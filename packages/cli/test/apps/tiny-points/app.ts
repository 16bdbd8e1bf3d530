import { normalPrior } from '@gankit/core'
import { defineApp, type GanApp } from '@gankit/experiment'
import * as tf from '@tensorflow/tfjs'

const adam = { name: 'adam', learningRate: 1e-3 } as const

/** Points on a ring by two networks of one hidden layer: what the smallest app is, and samples that are no images. */
export const app: GanApp<{ readonly hidden: number }> = defineApp({
  name: 'tiny-points',
  title: 'Points on a ring',
  presets: {
    quick: {
      description: 'a look',
      model: { hidden: 8 },
      training: {
        steps: 6,
        batch: 16,
        latentSize: 4,
        discriminatorSteps: 1,
        objective: 'non-saturating',
        optimizers: { generator: adam, discriminator: adam },
        sampleEvery: 3,
        checkpointEvery: 3,
      },
    },
  },
  defaultPreset: 'quick',
  workload: 'dense',
  data: { default: 'ring:200', kinds: { samples: 'points' } },
  createGan: ({ model, latentSize, sampleShape, seed }) => {
    const layer = (name: string, units: number, inputs?: number) =>
      tf.layers.dense({
        name,
        units,
        kernelInitializer: tf.initializers.randomNormal({ stddev: 0.3, seed: seed + units }),
        ...(inputs === undefined ? { activation: undefined } : { activation: 'relu', inputShape: [inputs] }),
      } as Parameters<typeof tf.layers.dense>[0])
    const [size] = sampleShape as [number]
    return {
      generator: tf.sequential({
        name: 'generator',
        layers: [layer('g_hidden', model.hidden, latentSize), layer('g_point', size)],
      }),
      discriminator: tf.sequential({
        name: 'discriminator',
        layers: [layer('d_hidden', model.hidden, size), layer('d_logit', 1)],
      }),
      latent: { size: latentSize, prior: normalPrior() },
      sampleShape,
    }
  },
})
