import { coolingAdam, type Preset } from '@gankit/experiment'
import type { PatchSide } from '@gankit/image-to-image'

/** The networks of a translation without pairs. */
interface UnpairedNetworks {
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
}

/** CycleGAN: there and back. */
export interface CycleModel extends UnpairedNetworks {
  readonly game?: 'cycle'
  /** What the distance between a picture and its way there and back weighs. */
  readonly cycleWeight: number
  /** What a change of a picture weighs that has the wanted style already. */
  readonly identityWeight: number
  /** Earlier fakes that each discriminator may be shown. */
  readonly pool: number
}

/** CUT: there alone, held in place by a contrast of places. */
export interface CutModel extends UnpairedNetworks {
  readonly game: 'cut'
  /** What the contrast between a photo and its painting weighs. */
  readonly contrastWeight: number
  /** What the contrast between a painting and what becomes of it weighs; 0 leaves it out, as FastCUT does. */
  readonly identityWeight: number
  /** Places of each layer that are compared. */
  readonly places: number
  /** Width of the heads' dense layers. */
  readonly headSize: number
}

/** What is trained, and by which game; CycleGAN where a model names none. */
export type UnpairedModel = CycleModel | CutModel

const adam = (from: number, updates: number) => coolingAdam(from, updates, { beta1: 0.5 })

const networks: UnpairedNetworks = {
  base: 8,
  blocks: 3,
  endKernel: 5,
  upsampling: 'resize',
  discriminatorBase: 16,
  patch: 34,
}

/** Under a quarter of an hour on two cores without native TensorFlow. */
const quick: Preset<CycleModel> = {
  description: 'faces that become paintings, and back, in under fifteen minutes on two cores',
  model: {
    ...networks,
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

const full: Preset<CycleModel> = {
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

/** One generator and one discriminator of `quick`, with as many pictures. */
const cut: Preset<CutModel> = {
  description: 'faces that become paintings, one way alone: CUT with the networks of quick',
  model: {
    ...networks,
    game: 'cut',
    // The proportions of the paper's code, beside least squares with a factor ½.
    contrastWeight: 0.25,
    identityWeight: 0.25,
    places: 64,
    headSize: 64,
  },
  training: quick.training,
}

export const presets: Readonly<Record<'quick' | 'full' | 'cut', Preset<UnpairedModel>>> = { quick, full, cut }
