import { architectures, type DcganOptions } from '@gankit/dcgan'
import { coolingAdam, type Preset } from '@gankit/experiment'

/** Adam whose rate falls along half a cosine to a hundredth; without momentum, which makes D and G circle. */
const cooled = (from: number, updates: number) =>
  coolingAdam(from, updates, { beta1: 0, beta2: 0.99, fall: 100 })

/** Images below which D would see each more than 300 times and memorize them before G is done: then they are augmented. */
const few = (steps: number, batch: number) => Math.ceil((steps * batch) / 300)

/** Under a quarter of an hour on two cores without native TensorFlow. */
const quick: Preset<DcganOptions> = {
  description: 'faces in under fifteen minutes on two cores',
  model: { ...architectures['faces-light'], base: 16 },
  training: {
    steps: 3_000,
    batch: 32,
    latentSize: 64,
    discriminatorSteps: 1,
    objective: { name: 'non-saturating', penalties: [{ name: 'r1', gamma: 1, every: 8 }] },
    optimizers: { generator: cooled(1e-3, 3_000), discriminator: cooled(1e-3, 3_000) },
    averageDecay: 0.998,
    augmentBelow: few(3_000, 32),
    sampleEvery: 500,
  },
}

/** A net that two cores with native TensorFlow train in about two hours. */
const light: Preset<DcganOptions> = {
  description: 'a wider net: two hours on two cores with native TensorFlow',
  model: { ...quick.model, base: 32 },
  training: {
    ...quick.training,
    steps: 16_000,
    latentSize: 100,
    optimizers: { generator: cooled(1e-3, 16_000), discriminator: cooled(1e-3, 16_000) },
    averageDecay: 0.999,
    augmentBelow: few(16_000, 32),
    sampleEvery: 1_000,
    evaluateEvery: 2_000,
  },
}

const adam = { name: 'adam', learningRate: 2e-4, beta1: 0.5 } as const

/** The net at full width with DCGAN's settings (Radford et al. 2016, arXiv 1511.06434): for a machine with a GPU. */
const classic: Preset<DcganOptions> = {
  description: 'the full width, 100 → 4·4·1024 → 64×64×3, with DCGAN’s settings: for a GPU',
  model: architectures['faces-wide'],
  training: {
    steps: 50_000,
    batch: 64,
    latentSize: 100,
    discriminatorSteps: 1,
    objective: 'non-saturating',
    optimizers: { generator: adam, discriminator: adam },
    averageDecay: 0.999,
    augmentBelow: few(50_000, 64),
    sampleEvery: 1_000,
    evaluateEvery: 2_000,
  },
}

export const presets: Readonly<Record<'quick' | 'light' | 'classic', Preset<DcganOptions>>> = {
  quick,
  light,
  classic,
}
