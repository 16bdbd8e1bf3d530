import type { ObjectiveName, PenaltyName } from '@gankit/losses'

/** The data's distributions by name: those of the line, then those of the plane. */
export const lineData = [
  'normal',
  'two-normals',
  'three-normals',
  'uniform',
  'draw-line',
  'file-line',
] as const
export const planeData = [
  'ring',
  'grid',
  'segment',
  'two-blobs',
  'disjoint',
  'spiral',
  'two-moons',
  'draw-plane',
  'file-plane',
] as const
export type DataName = (typeof lineData)[number] | (typeof planeData)[number]
export const dataNames: readonly DataName[] = [...lineData, ...planeData]

/** The range that samples are scaled to; what tanh can reach is 'tanh', [−1, 1]. */
export const ranges = ['tanh', 'unit', 'double', 'bytes'] as const
export type RangeName = (typeof ranges)[number]

export const priors = ['normal', 'uniform', 'uniform-unit'] as const
export type PriorName = (typeof priors)[number]

export const activations = ['leaky-relu', 'relu'] as const
export type Activation = (typeof activations)[number]

/** Both networks learn in turn, or at once; or one of them is frozen. */
export const orders = ['alternating', 'simultaneous', 'discriminator', 'generator'] as const
export type Order = (typeof orders)[number]

/** Every objective of `@gankit/losses`; its table itself would bring TensorFlow.js into the page. */
export const objectiveNames: readonly ObjectiveName[] = [
  'minimax',
  'non-saturating',
  'signed-minimax',
  'hinge',
  'least-squares',
  'wasserstein-gp',
  'relativistic',
  'relativistic-average',
]
export const penaltyNames: readonly (PenaltyName | 'none')[] = ['none', 'r1', 'r2', 'gradient-penalty']
export const optimizers = ['adam', 'rmsprop', 'momentum', 'sgd'] as const
export type OptimizerName = (typeof optimizers)[number]

/** Weights at the start: drawn at random, or those of a game that was trained before. */
export const starts = ['new', 'trained'] as const
export type Start = (typeof starts)[number]

/** Everything that a game of a generator and a discriminator depends on: the same settings, the same weights. */
export interface GameSettings {
  readonly data: DataName
  /** What was drawn, as `drawing.ts` packs it; '' where nothing was. */
  readonly drawing: string
  /** Points of a file, as `packed-points.ts` packs them; '' where there are none. */
  readonly points: string
  readonly range: RangeName
  readonly latentSize: number
  readonly prior: PriorName
  readonly generatorHidden: readonly number[]
  readonly generatorActivation: Activation
  readonly batchNormalization: boolean
  readonly discriminatorHidden: readonly number[]
  readonly discriminatorActivation: Activation
  readonly objective: ObjectiveName
  /** Of the signed loss alone. */
  readonly threshold: number
  readonly penalty: PenaltyName | 'none'
  /** γ of R1 and R2, λ of the gradient penalty. */
  readonly penaltyWeight: number
  readonly generatorOptimizer: OptimizerName
  readonly generatorRate: number
  readonly discriminatorOptimizer: OptimizerName
  readonly discriminatorRate: number
  /** k, updates of D before each of G. */
  readonly discriminatorSteps: number
  /** Updates of G in a step: 1 in Algorithm 1. */
  readonly generatorSteps: number
  readonly order: Order
  readonly batch: number
  readonly start: Start
  readonly seed: number
}

const common = {
  drawing: '',
  points: '',
  range: 'tanh',
  generatorActivation: 'leaky-relu',
  batchNormalization: false,
  discriminatorActivation: 'leaky-relu',
  objective: 'non-saturating',
  threshold: 0.5,
  penalty: 'r1',
  penaltyWeight: 0.1,
  generatorOptimizer: 'adam',
  generatorRate: 0.001,
  discriminatorOptimizer: 'adam',
  discriminatorRate: 0.001,
  discriminatorSteps: 1,
  generatorSteps: 1,
  order: 'alternating',
  batch: 128,
  start: 'new',
  seed: 1,
} as const satisfies Partial<GameSettings>

/** Found by trying: D learns faster than G, and little holds it back, so that G's density follows the data's. */
const line: GameSettings = {
  ...common,
  penaltyWeight: 0.005,
  generatorRate: 0.0003,
  discriminatorRate: 0.003,
  batch: 256,
  data: 'normal',
  latentSize: 1,
  prior: 'uniform',
  generatorHidden: [32, 32],
  discriminatorHidden: [32, 32],
}

/** Found by trying: covers the ring's eight modes within about 500 steps, and stays there. */
const plane: GameSettings = {
  ...common,
  penaltyWeight: 0.02,
  discriminatorRate: 0.002,
  data: 'ring',
  latentSize: 2,
  prior: 'normal',
  generatorHidden: [64, 64],
  discriminatorHidden: [64, 64],
}

export function isLine(data: DataName): boolean {
  return (lineData as readonly string[]).includes(data)
}

/** The settings that a game of these data has, where nothing else is chosen. */
export function defaultSettings(data: DataName): GameSettings {
  return { ...(isLine(data) ? line : plane), data }
}

/** Data for which the page brings trained networks. */
export const trainedData: readonly DataName[] = dataNames.filter(name => !/^(draw|file)-/.test(name))

/** What the shapes of networks, and what they were trained on, depend on. */
const learnedOn = [
  'range',
  'latentSize',
  'prior',
  'generatorHidden',
  'generatorActivation',
  'batchNormalization',
  'discriminatorHidden',
  'discriminatorActivation',
] as const satisfies readonly (keyof GameSettings)[]

/** Whether there are trained networks for these data and these networks. */
export function hasTrainedStart(settings: GameSettings): boolean {
  const usual = defaultSettings(settings.data)
  return (
    trainedData.includes(settings.data) &&
    learnedOn.every(name => String(settings[name]) === String(usual[name]))
  )
}
