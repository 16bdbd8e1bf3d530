import { coolingAdam, type Preset } from '@gankit/experiment'
import type { PatchSide } from '@gankit/image-to-image'

/** The networks of a translation without pairs, and what its terms weigh. */
export interface UnpairedModel {
  /** Channels of the generators' first layer. */
  readonly base: number
  /** Residual blocks of the generators. */
  readonly blocks: number
  /** Side of the generators' first and last window. */
  readonly endKernel: number
  readonly upsampling: 'transposed' | 'resize'
  /** Channels of the discriminators' first layer. */
  readonly discriminatorBase: number
  /** The side of the patches that they judge, in pixels. */
  readonly patch: PatchSide
  /** What the distance between a picture and its way there and back weighs. */
  readonly cycleWeight: number
  /** What a change of a picture weighs that has the wanted style already. */
  readonly identityWeight: number
  /** Earlier fakes that each discriminator may be shown. */
  readonly pool: number
}

const adam = (from: number, updates: number) => coolingAdam(from, updates, { beta1: 0.5 })

/** Under a quarter of an hour on two cores without native TensorFlow. */
const quick: Preset<UnpairedModel> = {
  description: 'faces that become paintings, and back, in under fifteen minutes on two cores',
  model: {
    base: 8,
    blocks: 3,
    endKernel: 5,
    upsampling: 'resize',
    discriminatorBase: 16,
    patch: 34,
    cycleWeight: 10,
    identityWeight: 5,
    pool: 50,
  },
  training: {
    steps: 3_000,
    batch: 4,
    latentSize: 1,
    discriminatorSteps: 1,
    // The paper's, with labels 0 and 1. Its factor ½ is made up for by a cycle that weighs 10 beside it, not 5.
    objective: { name: 'least-squares', fake: 0, real: 1, wanted: 1 },
    optimizers: { generator: adam(5e-4, 3_000), discriminator: adam(2e-4, 3_000) },
    averageDecay: 0.998,
    sampleEvery: 250,
  },
}

const full: Preset<UnpairedModel> = {
  description: 'wider and deeper, 40,000 pictures of each style: two hours on two cores',
  model: { ...quick.model, base: 16, blocks: 6, endKernel: 7 },
  training: {
    ...quick.training,
    steps: 10_000,
    optimizers: { generator: adam(2e-4, 10_000), discriminator: adam(2e-4, 10_000) },
    averageDecay: 0.999,
    sampleEvery: 500,
  },
}

export const presets: Readonly<Record<'quick' | 'full', Preset<UnpairedModel>>> = { quick, full }
