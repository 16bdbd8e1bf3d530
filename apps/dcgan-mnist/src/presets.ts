import { architectures, type DcganOptions } from '@gankit/dcgan'
import { coolingAdam, type Preset } from '@gankit/experiment'

/** Adam whose rate falls along half a cosine to a hundredth; without momentum, which makes D and G circle. */
const cooled = (updates: number) => coolingAdam(1e-3, updates, { beta1: 0, beta2: 0.99, fall: 100 })

const r1 = (every: number) =>
  ({ name: 'non-saturating', penalties: [{ name: 'r1', gamma: 1, every }] }) as const

/** Under eight minutes on two cores: digits that a person reads. */
const quick: Preset<DcganOptions> = {
  description: 'readable digits in under eight minutes on two cores',
  model: {
    ...architectures.mnist,
    base: 32,
    // A deeper D learns faster; it would memorize the digits only after more steps than these.
    discriminatorStages: 3,
    normalization: { generator: 'batch', discriminator: 'none' },
  },
  training: {
    steps: 3_500,
    batch: 64,
    latentSize: 64,
    discriminatorSteps: 1,
    objective: r1(8),
    optimizers: { generator: cooled(3_500), discriminator: cooled(3_500) },
    averageDecay: 0.998,
    sampleEvery: 500,
  },
}

/** The net at full width, with what makes it better: R1, no batch norm in D, a rate that falls, a long average. */
const full: Preset<DcganOptions> = {
  description: 'digits of which most pass for real ones, for an hour or two on two cores',
  model: { ...architectures.mnist, normalization: { generator: 'batch', discriminator: 'none' } },
  training: {
    ...quick.training,
    steps: 30_000,
    latentSize: 100,
    objective: r1(4),
    optimizers: { generator: cooled(30_000), discriminator: cooled(30_000) },
    averageDecay: 0.999,
    sampleEvery: 1_000,
    evaluateEvery: 1_000,
  },
}

/** DCGAN's settings (Radford et al. 2016, arXiv 1511.06434): Adam at 2e-4 with β₁ 0.5, batch norm in D, no penalty. */
const classic: Preset<DcganOptions> = {
  description: 'DCGAN’s settings as published: Adam 2e-4, batch norm in D, no penalty',
  model: architectures.mnist,
  training: {
    ...quick.training,
    steps: 10_000,
    latentSize: 100,
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

export const presets: Readonly<Record<'quick' | 'full' | 'classic', Preset<DcganOptions>>> = {
  quick,
  full,
  classic,
}
