import { defineApp, type GanApp, type Preset } from '@gankit/experiment'
import { createVanillaGan, type VanillaGanOptions } from '@gankit/vanilla-gan'

const layers = (units: number): VanillaGanOptions => ({
  generator: { kind: 'mlp', hidden: [units, units], batchNormalization: false, output: 'linear' },
  discriminator: { hidden: [units, units] },
})
const adam = (learningRate: number) => ({ name: 'adam', learningRate, beta1: 0.5, beta2: 0.99 }) as const

/** Both axes of the paper's figure: noise on a line goes to samples on a line. */
const line: Preset<VanillaGanOptions> = {
  description:
    'figure 1 of Goodfellow et al. 2014 alive: one number of noise becomes one number, as of --data normal',
  model: { ...layers(48), latent: { prior: { name: 'uniform', min: -1, max: 1 } } },
  training: {
    steps: 3_000,
    batch: 128,
    latentSize: 1,
    // With more updates D stays near its best answer, which the figure shows beside it.
    discriminatorSteps: 3,
    objective: 'non-saturating',
    optimizers: { generator: adam(1e-3), discriminator: adam(2e-3) },
    averageDecay: 0.99,
    sampleEvery: 100,
  },
}

/** The usual test of whether a generator drops modes: 8 Gaussians on a ring, 25 on a grid. */
const plane: Preset<VanillaGanOptions> = {
  description:
    'two numbers of noise become a point of the plane: a ring, a grid, a spiral, moons, points of yours',
  model: { ...layers(128), latent: {} },
  training: {
    steps: 5_000,
    batch: 128,
    latentSize: 2,
    discriminatorSteps: 1,
    objective: {
      name: 'non-saturating',
      penalties: [
        { name: 'r1', gamma: 0.01 },
        { name: 'r2', gamma: 0.01 },
      ],
    },
    optimizers: { generator: adam(2e-3), discriminator: adam(2e-3) },
    averageDecay: 0.99,
    sampleEvery: 100,
  },
}

/** Points on a line or in the plane, learned by two small networks. */
export const app: GanApp<VanillaGanOptions> = defineApp({
  name: 'distributions',
  title: 'Points of a distribution',
  presets: { plane, line },
  defaultPreset: 'plane',
  workload: 'dense',
  data: { default: 'ring', kinds: { samples: 'points' } },
  createGan: ({ model, latentSize, sampleShape, seed }) =>
    createVanillaGan({ ...model, latent: { ...model.latent, size: latentSize }, sampleShape, seed }),
})
