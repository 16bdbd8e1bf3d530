import type { Preset } from '@gankit/experiment'
import { architectures, type VanillaGanOptions } from '@gankit/vanilla-gan'

const adam = (learningRate: number) => ({ name: 'adam', learningRate, beta1: 0.5 }) as const

/** Two minutes on two cores: digits that a person reads. */
const quick: Preset<VanillaGanOptions> = {
  description: 'readable digits in about two minutes on two cores',
  // `training.latentSize` says how many numbers of noise there are.
  model: { ...architectures.light, latent: {} },
  training: {
    steps: 8_000,
    batch: 32,
    latentSize: 64,
    discriminatorSteps: 1,
    objective: 'non-saturating',
    optimizers: { generator: adam(2e-3), discriminator: adam(2e-3) },
    averageDecay: 0.998,
    sampleEvery: 1_000,
  },
}

/** The larger net, more images, a longer average. */
const full: Preset<VanillaGanOptions> = {
  description: 'the larger net for ten minutes',
  model: { ...architectures.classic, discriminator: { hidden: [512, 256], dropout: { hidden: 0.3 } } },
  training: {
    ...quick.training,
    steps: 15_000,
    batch: 64,
    latentSize: 100,
    optimizers: { generator: adam(1e-3), discriminator: adam(1e-3) },
    averageDecay: 0.999,
    sampleEvery: 1_000,
  },
}

/**
 * The algorithm as published (Goodfellow et al. 2014, arXiv 1406.2661, and its training code): the saturating
 * objective, k = 1, momentum rising from 0.5 to 0.7 over 250 epochs, a learning rate of 0.1 divided by 1.000004 at
 * every update.
 */
const momentum = {
  name: 'momentum',
  learningRate: { name: 'exponential', from: 0.1, factor: 1.000004, floor: 1e-6 },
  momentum: { name: 'linear', from: 0.5, to: 0.7, updates: 25_000 },
} as const

const algorithm1: Preset<VanillaGanOptions> = {
  description: 'Algorithm 1 as published: saturating objective, momentum, k = 1',
  model: architectures.algorithm1,
  training: {
    steps: 20_000,
    batch: 100,
    latentSize: 100,
    discriminatorSteps: 1,
    objective: 'minimax',
    optimizers: { generator: momentum, discriminator: momentum },
    sampleEvery: 1_000,
  },
}

export const presets: Readonly<Record<'quick' | 'full' | 'algorithm-1', Preset<VanillaGanOptions>>> = {
  quick,
  full,
  'algorithm-1': algorithm1,
}
