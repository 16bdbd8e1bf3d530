import { coolingAdam, type Preset } from '@gankit/experiment'
import type { PatchSide } from '@gankit/image-to-image'

/** The networks of super-resolution, and how they are trained one after another. */
export interface EnlargingModel {
  readonly scale: 2 | 4 | 8
  /** Channels of all of G's layers. */
  readonly base: number
  /** G's residual blocks. */
  readonly blocks: number
  /** Side of G's first and last window. */
  readonly endKernel: number
  /** Channels of D's first layer. */
  readonly discriminatorBase: number
  /** The side of the patches that D judges, in pixels. */
  readonly patch: PatchSide
  /** First steps in which G learns from pairs alone (SRResNet); from then on D judges (SRGAN). */
  readonly contentSteps: number
  /**
   * What the distance of features weighs once D judges, by the network for cartoon faces that @gankit/metrics brings. Default 0: such
   * features are not looked at.
   */
  readonly perceptualWeight?: number
}

const adam = (from: number, updates: number) => coolingAdam(from, updates, { beta1: 0.9 })

const model: EnlargingModel = {
  scale: 4,
  base: 32,
  blocks: 4,
  endKernel: 5,
  discriminatorBase: 16,
  patch: 34,
  contentSteps: Number.MAX_SAFE_INTEGER,
}

/** Under a quarter of an hour on two cores without native TensorFlow. */
const quick: Preset<EnlargingModel> = {
  description:
    'sharp faces out of 16×16 pixels in under fifteen minutes on two cores, by pairs alone (SRResNet)',
  model,
  training: {
    steps: 4_000,
    batch: 8,
    latentSize: 1,
    discriminatorSteps: 1,
    objective: { name: 'non-saturating', terms: [{ name: 'l1', weight: 100 }] },
    optimizers: { generator: adam(1e-3, 4_000), discriminator: adam(1e-4, 4_000) },
    averageDecay: 0.998,
    sampleEvery: 500,
    evaluateEvery: 1_000,
  },
}

/** The same, and then against a discriminator. */
const srgan: Preset<EnlargingModel> = {
  description: 'the same, then as long against a discriminator (SRGAN): half an hour',
  model: { ...model, contentSteps: 4_000 },
  training: {
    ...quick.training,
    steps: 8_000,
    optimizers: { generator: adam(1e-3, 8_000), discriminator: adam(2e-4, 8_000) },
  },
}

const full: Preset<EnlargingModel> = {
  description: '8 blocks, 100,000 pairs, then as many against a discriminator: over an hour on two cores',
  model: { ...model, blocks: 8, endKernel: 9, contentSteps: 12_500 },
  training: {
    ...srgan.training,
    steps: 25_000,
    optimizers: { generator: adam(5e-4, 25_000), discriminator: adam(1e-4, 25_000) },
    averageDecay: 0.999,
    sampleEvery: 1_000,
    evaluateEvery: 2_500,
  },
}

export const presets: Readonly<Record<'quick' | 'srgan' | 'full', Preset<EnlargingModel>>> = {
  quick,
  srgan,
  full,
}
