import type { DataName, GameSettings } from '../settings/game-settings.ts'
import type { ViewName } from '../settings/views.ts'

/** One way of trying a question: settings, and where the game stands still. */
interface Variant {
  readonly data: DataName
  readonly settings?: Partial<Omit<GameSettings, 'data'>>
  readonly steps: number
}

/** A question of the course that a game answers. */
interface Experiment {
  readonly id: ExperimentId
  readonly variants: readonly Variant[]
  /** Views that are shown, beside those that always are. */
  readonly shows?: readonly ViewName[]
}

export const experimentIds = [
  'best-loss',
  'best-discriminator',
  'leaky-relu',
  'range',
  'signed-loss',
  'mode-collapse',
  'strong-discriminator',
] as const
export type ExperimentId = (typeof experimentIds)[number]

/** Few units and a high learning rate: within 100 steps most of D's units of ReLU are dead, and G's gradient is 0. */
const sparse = (activation: 'relu' | 'leaky-relu') =>
  ({
    generatorHidden: [8, 8],
    generatorActivation: activation,
    discriminatorHidden: [8, 8],
    discriminatorActivation: activation,
    generatorRate: 0.01,
    discriminatorRate: 0.03,
    batch: 128,
  }) as const

/** D learns ten times as often as G, and faster, with nothing that holds it back. */
const strong = {
  discriminatorSteps: 10,
  discriminatorRate: 0.005,
  penalty: 'none',
  // Adam would stretch a gradient that vanishes; plain descent shows it.
  generatorOptimizer: 'sgd',
  generatorRate: 0.1,
} as const

export const experiments: readonly Experiment[] = [
  {
    id: 'best-loss',
    variants: [{ data: 'two-normals', steps: 4000 }],
  },
  {
    id: 'best-discriminator',
    shows: ['best'],
    variants: [
      {
        data: 'normal',
        settings: { order: 'discriminator', penalty: 'none', discriminatorRate: 0.005, batch: 256 },
        steps: 1000,
      },
    ],
  },
  {
    id: 'leaky-relu',
    shows: ['arrows'],
    variants: [
      { data: 'two-normals', settings: sparse('relu'), steps: 1000 },
      { data: 'two-normals', settings: sparse('leaky-relu'), steps: 1000 },
    ],
  },
  {
    id: 'range',
    variants: [
      { data: 'ring', settings: { range: 'bytes' }, steps: 1000 },
      { data: 'ring', settings: { range: 'double' }, steps: 2000 },
      { data: 'ring', settings: { range: 'tanh' }, steps: 2000 },
    ],
  },
  {
    id: 'signed-loss',
    variants: [
      { data: 'normal', settings: { objective: 'signed-minimax' }, steps: 2000 },
      { data: 'normal', settings: { objective: 'minimax' }, steps: 2000 },
      { data: 'normal', settings: { objective: 'non-saturating' }, steps: 2000 },
    ],
  },
  {
    id: 'mode-collapse',
    variants: [
      {
        data: 'ring',
        settings: { penalty: 'none', generatorRate: 0.005, discriminatorRate: 0.0005 },
        steps: 2000,
      },
      {
        data: 'ring',
        settings: { penaltyWeight: 0.1, generatorRate: 0.005, discriminatorRate: 0.0005 },
        steps: 2000,
      },
      { data: 'ring', settings: {}, steps: 2000 },
    ],
  },
  {
    id: 'strong-discriminator',
    shows: ['arrows'],
    variants: [
      { data: 'ring', settings: { ...strong, objective: 'minimax' }, steps: 400 },
      { data: 'ring', settings: { ...strong, objective: 'non-saturating' }, steps: 400 },
      {
        data: 'ring',
        settings: { ...strong, objective: 'minimax', penalty: 'r1', penaltyWeight: 1 },
        steps: 400,
      },
    ],
  },
]
