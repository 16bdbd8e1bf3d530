import type { Preset } from '@gankit/cli'
import { recipes, type VanillaGanOptions } from '@gankit/vanilla-gan'

const adam = { name: 'adam', learningRate: 2e-4, beta1: 0.5 } as const

/** A few minutes on two cores: strokes that anyone would call digits. */
const quick: Preset<VanillaGanOptions> = {
  description: 'digits in about two minutes on two cores',
  model: recipes.light,
  training: {
    steps: 2_000,
    batch: 64,
    latent: 100,
    discriminatorSteps: 1,
    objective: 'non-saturating',
    optimizers: { generator: adam, discriminator: adam },
    averageDecay: 0.995,
    sampleEvery: 500,
  },
}

/** What one would leave running: the larger net, for some hours. */
const full: Preset<VanillaGanOptions> = {
  description: 'the larger net, to be left running',
  model: recipes.course,
  training: { ...quick.training, steps: 50_000, averageDecay: 0.999, sampleEvery: 2_500 },
}

/**
 * The algorithm as published (Goodfellow et al. 2014, arXiv 1406.2661, and its training code): the saturating
 * objective, k = 1, momentum rising from 0.5 to 0.7 over 250 epochs, a learning rate of 0.1 divided by 1.000004 at
 * every update.
 */
const momentum = {
  name: 'momentum',
  learningRate: 0.1,
  decay: { factor: 1.000004, floor: 1e-6 },
  momentum: { from: 0.5, to: 0.7, updates: 25_000 },
} as const

const algorithm1: Preset<VanillaGanOptions> = {
  description: 'Algorithm 1 as published: saturating objective, momentum, k = 1',
  model: recipes.algorithm1,
  training: {
    steps: 20_000,
    batch: 100,
    latent: 100,
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
