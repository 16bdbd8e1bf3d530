import { coolingAdam, type Preset } from '@gankit/experiment'
import type { PatchSide } from '@gankit/image-to-image'

/** The networks of a translation from pairs. */
export interface PairsModel {
  /** Channels of the first level of G's U-Net. */
  readonly base: number
  /** The most channels of a level. */
  readonly maxFilters: number
  /** Channels of D's first layer. */
  readonly discriminatorBase: number
  /** The side of the patches that D judges, in pixels. */
  readonly patch: PatchSide
  /** Whether D sees the picture that went in beside the one that came out. */
  readonly conditional: boolean
  /** Whether anybody judges; else G learns by the terms of the objective alone. */
  readonly adversarial: boolean
  /** Share of values dropped on the way up, in training. */
  readonly dropout: number
  readonly upsampling: 'transposed' | 'resize'
  /** Numbers of noise that choose one of several answers; 0: there is one answer. */
  readonly noise: number
}

const adam = (from: number, updates: number) => coolingAdam(from, updates, { beta1: 0.5 })

/** Under a quarter of an hour on two cores without native TensorFlow. */
const quick: Preset<PairsModel> = {
  description: 'faces from drawings in under fifteen minutes on two cores',
  model: {
    base: 16,
    maxFilters: 80,
    discriminatorBase: 16,
    patch: 34,
    conditional: true,
    adversarial: true,
    dropout: 0,
    upsampling: 'transposed',
    noise: 0,
  },
  training: {
    steps: 6_000,
    batch: 8,
    latentSize: 1,
    discriminatorSteps: 1,
    objective: { name: 'non-saturating', terms: [{ name: 'l1', weight: 100 }] },
    optimizers: { generator: adam(1e-3, 6_000), discriminator: adam(4e-4, 6_000) },
    averageDecay: 0.998,
    sampleEvery: 500,
    evaluateEvery: 1_000,
  },
}

/** The width and the images of the references' small runs. */
const full: Preset<PairsModel> = {
  description: 'twice as wide, 100,000 pairs: an hour on two cores',
  model: { ...quick.model, base: 32, maxFilters: 256, discriminatorBase: 32 },
  training: {
    ...quick.training,
    steps: 12_500,
    optimizers: { generator: adam(5e-4, 12_500), discriminator: adam(2e-4, 12_500) },
    averageDecay: 0.999,
    sampleEvery: 1_000,
    evaluateEvery: 2_500,
  },
}

export const presets: Readonly<Record<'quick' | 'full', Preset<PairsModel>>> = { quick, full }
