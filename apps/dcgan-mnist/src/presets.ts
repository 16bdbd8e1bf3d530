import type { Preset } from '@gankit/cli'
import { type DcganOptions, presets as nets } from '@gankit/dcgan'

/** Falls along half a cosine to a hundredth; without momentum, which makes D and G circle. */
const cooled = (updates: number) =>
  ({
    name: 'adam',
    learningRate: { name: 'cosine', from: 1e-3, to: 1e-5, updates },
    beta1: 0,
    beta2: 0.99,
  }) as const

const r1 = (every: number) =>
  ({ name: 'non-saturating', penalties: [{ name: 'r1', gamma: 1, every }] }) as const

/** Under eight minutes on two cores: digits that a person reads. */
const quick: Preset<DcganOptions> = {
  description: 'readable digits in under eight minutes on two cores',
  model: {
    ...nets.mnist,
    base: 32,
    discriminatorStages: 3,
    normalization: { generator: 'batch', discriminator: 'none' },
  },
  training: {
    steps: 3_500,
    batch: 64,
    latent: 64,
    discriminatorSteps: 1,
    objective: r1(8),
    optimizers: { generator: cooled(3_500), discriminator: cooled(3_500) },
    averageDecay: 0.998,
    sampleEvery: 500,
  },
}

/** The course's generator at full width, and what makes it better: a deeper D, R1, no batch norm in D, a longer average. */
const full: Preset<DcganOptions> = {
  description: 'digits that pass for real ones, for an hour on two cores',
  model: { ...quick.model, base: 64 },
  training: {
    ...quick.training,
    steps: 10_000,
    latent: 100,
    objective: r1(4),
    optimizers: { generator: cooled(10_000), discriminator: cooled(10_000) },
    // Without it that D knows the 10,000 digits by heart after 400,000 images.
    augmentation: { colour: false, translation: 1 / 8, cutout: 0 },
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
    ...quick.training,
    steps: 10_000,
    latent: 100,
    objective: 'non-saturating',
    optimizers: {
      generator: { name: 'adam', learningRate: 2e-4, beta1: 0.5 },
      discriminator: { name: 'adam', learningRate: 2e-4, beta1: 0.5 },
    },
    averageDecay: 0.999,
    sampleEvery: 1_000,
    evaluateEvery: 1_000,
  },
}

export const presets: Readonly<Record<'quick' | 'full' | 'course', Preset<DcganOptions>>> = {
  quick,
  full,
  course,
}
