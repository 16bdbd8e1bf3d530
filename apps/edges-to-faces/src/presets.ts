import { algorithm1Settings, coolingAdam, type Preset } from '@gankit/experiment'
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
  /** An encoder that tells G the style of right answers, so that noise chooses among them (BicycleGAN). Default: none, pix2pix. */
  readonly styles?: StylesModel
}

interface StylesModel {
  /** Channels of the encoder's first layer. */
  readonly encoderBase: number
  /** What the distance to the right answer weighs, given its style. */
  readonly l1Weight: number
  /** What the distance between a drawn style and the one that is found in the answer weighs. */
  readonly latentWeight: number
  /** What the distance of found styles from drawn ones weighs. */
  readonly klWeight: number
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

/** The same networks, and an encoder of styles; a step is two thirds longer. */
const styles: Preset<PairsModel> = {
  description: 'several faces for one drawing, each in one style (BicycleGAN)',
  model: {
    ...quick.model,
    noise: 8,
    styles: { encoderBase: 16, l1Weight: 10, latentWeight: 1, klWeight: 0.1 },
  },
  training: {
    ...quick.training,
    objective: { name: 'least-squares', fake: 0, real: 1, wanted: 1 },
    bestBy: 'fcn-score',
  },
  unused: algorithm1Settings,
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

export const presets: Readonly<Record<'quick' | 'styles' | 'full', Preset<PairsModel>>> = {
  quick,
  styles,
  full,
}
