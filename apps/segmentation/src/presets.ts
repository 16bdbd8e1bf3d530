import { coolingAdam, type Preset } from '@gankit/experiment'
import type { PatchSide } from '@gankit/image-to-image'

/** The networks of segmentation. */
export interface SegmentationModel {
  /** Channels of the first level of the segmenter's U-Net. */
  readonly base: number
  /** The most channels of a level. */
  readonly maxFilters: number
  /** Channels of D's first layer; 0: nobody judges. */
  readonly discriminatorBase: number
  /** The side of the patches that D judges, in pixels. */
  readonly patch: PatchSide
  /** What D's verdict weighs beside the cross-entropy. */
  readonly adversarialWeight: number
  /** First steps without D's verdict. */
  readonly contentSteps: number
  /** First steps without the pictures that have no labels, where there are some: D has to know true maps before its word counts. */
  readonly unlabeledFrom: number
}

const adam = (from: number, updates: number) => coolingAdam(from, updates, { beta1: 0.9 })

/** A few minutes on two cores without native TensorFlow. */
const quick: Preset<SegmentationModel> = {
  description: 'labels of faces in under ten minutes on two cores, by cross-entropy alone',
  model: {
    base: 16,
    maxFilters: 80,
    discriminatorBase: 0,
    patch: 34,
    adversarialWeight: 0.1,
    contentSteps: 0,
    unlabeledFrom: 0,
  },
  training: {
    steps: 4_000,
    batch: 8,
    latentSize: 1,
    discriminatorSteps: 1,
    objective: 'non-saturating',
    optimizers: { generator: adam(1e-3, 4_000), discriminator: adam(1e-4, 4_000) },
    averageDecay: 0.998,
    sampleEvery: 500,
    evaluateEvery: 1_000,
  },
}

const adversarial: Preset<SegmentationModel> = {
  description: 'the same against a discriminator (Luc et al. 2016)',
  model: { ...quick.model, discriminatorBase: 16, contentSteps: 1_000, unlabeledFrom: 1_500 },
  training: quick.training,
}

const full: Preset<SegmentationModel> = {
  description: 'wider, 60,000 faces, against a discriminator',
  model: { ...adversarial.model, base: 24, maxFilters: 192 },
  training: {
    ...quick.training,
    steps: 7_500,
    optimizers: { generator: adam(1e-3, 7_500), discriminator: adam(1e-4, 7_500) },
  },
}

export const presets: Readonly<Record<'quick' | 'adversarial' | 'full', Preset<SegmentationModel>>> = {
  quick,
  adversarial,
  full,
}
