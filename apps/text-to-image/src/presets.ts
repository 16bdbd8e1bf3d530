import { architectures, type DcganOptions } from '@gankit/dcgan'
import { coolingAdam, type Preset } from '@gankit/experiment'

/** The networks of a generator of captions, and how they learn. */
export interface CaptionModel {
  /** Of G and D. */
  readonly networks: DcganOptions
  /** Numbers of an embedded caption. */
  readonly captionSize: number
  /** Channels of the first layer of the picture encoder. */
  readonly encoderBase: number
  readonly encoderLearningRate: number
  /** First steps, after which the encoders rest. */
  readonly encoderSteps: number
  /** Whether D sees real pictures with captions of others (GAN-CLS). */
  readonly mismatched: boolean
  /** The share of G's batch whose captions are half way between two (GAN-INT). */
  readonly interpolated: number
  /** What it weighs that the picture encoder finds G's picture by its caption. */
  readonly matchingWeight: number
}

/** Adam whose rate falls along half a cosine to a hundredth; without momentum, which makes D and G circle. */
const cooled = (from: number, updates: number) =>
  coolingAdam(from, updates, { beta1: 0, beta2: 0.99, fall: 100 })

const quickSteps = 3_000

/** Under twenty minutes on two cores without native TensorFlow. */
const quick: Preset<CaptionModel> = {
  description: 'faces or birds from captions in under twenty minutes on two cores',
  model: {
    networks: { ...architectures['faces-light'], base: 16 },
    captionSize: 128,
    encoderBase: 16,
    encoderLearningRate: 1e-3,
    encoderSteps: quickSteps,
    mismatched: true,
    interpolated: 0.5,
    matchingWeight: 0,
  },
  training: {
    steps: quickSteps,
    batch: 32,
    latentSize: 64,
    discriminatorSteps: 1,
    objective: { name: 'non-saturating', penalties: [{ name: 'r1', gamma: 1, every: 8 }] },
    optimizers: { generator: cooled(1e-3, quickSteps), discriminator: cooled(1e-3, quickSteps) },
    averageDecay: 0.998,
    sampleEvery: 500,
  },
}

const fullSteps = 12_000

/** A wider net, four times as long. */
const full: Preset<CaptionModel> = {
  description: 'a wider net: about an hour and a half on two cores with native TensorFlow',
  model: {
    ...quick.model,
    networks: { ...architectures['faces-light'], base: 24 },
    encoderSteps: fullSteps,
  },
  training: {
    ...quick.training,
    steps: fullSteps,
    optimizers: { generator: cooled(1e-3, fullSteps), discriminator: cooled(1e-3, fullSteps) },
    averageDecay: 0.999,
    sampleEvery: 1_000,
  },
}

export const presets: Readonly<Record<'quick' | 'full', Preset<CaptionModel>>> = { quick, full }
