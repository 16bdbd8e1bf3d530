import type { Preset } from '@gankit/cli'
import { type DcganOptions, presets as nets } from '@gankit/dcgan'

const adam = (learningRate: number) => ({ name: 'adam', learningRate, beta1: 0.5, beta2: 0.99 }) as const

/** Falls along half a cosine to a hundredth; without momentum, which makes D and G circle. */
const cooled = (updates: number) =>
  ({
    name: 'adam',
    learningRate: { name: 'cosine', from: 1e-3, to: 1e-5, updates },
    beta1: 0,
    beta2: 0.99,
  }) as const

/** Under eight minutes on two cores: digits that a person reads. */
const quick: Preset<DcganOptions> = {
  description: 'readable digits in under eight minutes on two cores',
  model: {
    ...nets.mnist,
    base: 32,
    normalization: { generator: 'batch', discriminator: 'none' },
  },
  training: {
    steps: 4_000,
    batch: 32,
    latent: 64,
    discriminatorSteps: 1,
    objective: { name: 'non-saturating', penalties: [{ name: 'r1', gamma: 0.2, every: 8 }] },
    optimizers: { generator: adam(1e-3), discriminator: adam(1e-3) },
    averageDecay: 0.998,
    sampleEvery: 500,
  },
}

/** The net of the course at full width, with what makes it better: R1, no batch norm in D, a long average. */
const full: Preset<DcganOptions> = {
  description: 'the course’s net with R1, for hours on two cores',
  model: { ...nets.mnist, normalization: { generator: 'batch', discriminator: 'none' } },
  training: {
    ...quick.training,
    steps: 20_000,
    batch: 64,
    latent: 100,
    objective: { name: 'non-saturating', penalties: [{ name: 'r1', gamma: 1, every: 4 }] },
    optimizers: { generator: cooled(20_000), discriminator: cooled(20_000) },
    averageDecay: 0.999,
    sampleEvery: 1_000,
    evaluateEvery: 1_000,
  },
}

/** The course's recipe as it is: batch norm in D, no penalty. */
const course: Preset<DcganOptions> = {
  description: 'the course’s recipe: batch norm in D, no penalty',
  model: nets.mnist,
  training: {
    ...full.training,
    objective: 'non-saturating',
    optimizers: {
      generator: { name: 'adam', learningRate: 2e-4, beta1: 0.5 },
      discriminator: { name: 'adam', learningRate: 2e-4, beta1: 0.5 },
    },
  },
}

export const presets: Readonly<Record<'quick' | 'full' | 'course', Preset<DcganOptions>>> = {
  quick,
  full,
  course,
}
