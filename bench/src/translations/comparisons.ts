import type { DataOptions } from '@gankit/datasets/node'
import { app as edgesToFaces } from '@gankit/edges-to-faces'
import type { Preset, StreamsApp, TrainingSettings } from '@gankit/experiment'
import { app as styleTransfer } from '@gankit/style-transfer'
import { app as superResolution } from '@gankit/super-resolution'

type AnyApp = StreamsApp<never, string>

/** One of the recipes that a comparison trains. */
export interface Variant extends Pick<Preset<unknown>, 'model' | 'training'> {
  readonly name: string
}

/** Recipes of one app that turns pictures into others. */
export interface Comparison {
  readonly app: AnyApp
  /** Options of each stream's data in place of the app's. */
  readonly dataOptions?: Readonly<Record<string, DataOptions>>
  /** Metrics of outputs beside their targets. */
  readonly measures: readonly string[]
  /** Metrics of outputs beside other real pictures, by the features of cartoon faces. */
  readonly features?: readonly string[]
  /** Whether inputs are faces whose attributes should be seen in the outputs too. */
  readonly attributes?: boolean
  readonly variants: (steps: number) => readonly Variant[]
}

/** The same preset for other numbers of steps: what cools does so over all of them. */
function shorten(training: TrainingSettings, steps: number): TrainingSettings {
  const cool = (optimizer: TrainingSettings['optimizers']['generator']) => {
    const { learningRate } = optimizer
    return typeof learningRate === 'object' && 'updates' in learningRate
      ? { ...optimizer, learningRate: { ...learningRate, updates: steps } }
      : optimizer
  }
  const { generator, discriminator } = training.optimizers
  return {
    ...training,
    steps,
    averageDecay: 0.99,
    optimizers: { generator: cool(generator), discriminator: cool(discriminator) },
  } as TrainingSettings
}

const narrowPairs = { base: 8, maxFilters: 64, discriminatorBase: 12 }

/** Preset `quick` of pairs, half as wide, with other losses: as in table 1 of Isola et al. 2017. */
function losses(steps: number): readonly Variant[] {
  const { model, training } = edgesToFaces.presets['quick']!
  const usual = { ...model, ...narrowPairs }
  const variant = (name: string, change: Partial<typeof usual>, hasL1: boolean): Variant => ({
    name,
    model: { ...usual, ...change },
    training: {
      ...shorten(training, steps),
      objective: { name: 'non-saturating', ...(hasL1 && { terms: [{ name: 'l1', weight: 100 }] }) },
    },
  })
  return [
    variant('L1', { adversarial: false }, true),
    variant('GAN', { conditional: false }, false),
    variant('cGAN', {}, false),
    variant('L1 + GAN', { conditional: false }, true),
    variant('L1 + cGAN', {}, true),
  ]
}

/** L1 + cGAN with other patches: as in table 3 of Isola et al. 2017; 70 pixels are the whole of 64. */
function patches(steps: number): readonly Variant[] {
  const [usual] = losses(steps).slice(-1)
  return ([1, 16, 34, 70] as const).map(patch => ({
    ...usual!,
    name: `patches of ${patch}`,
    model: { ...(usual!.model as object), patch },
  }))
}

/** Preset `quick` of CycleGAN with one thing left out: as in table 4 of Zhu et al. 2017. */
function cycles(steps: number): readonly Variant[] {
  const { model, training } = styleTransfer.presets['quick']!
  const variant = (name: string, change: Partial<typeof model>): Variant => ({
    name,
    model: { ...model, ...change },
    training: shorten(training, steps),
  })
  return [
    variant('all of it', {}),
    variant('no cycle', { cycleWeight: 0 }),
    variant('no identity', { identityWeight: 0 }),
    variant('no pool', { pool: 0 }),
  ]
}

/** SRResNet, and from its middle on SRGAN with other terms beside D's verdict. */
function enlarging(steps: number): readonly Variant[] {
  const { model, training } = superResolution.presets['quick']!
  const variant = (
    name: string,
    contentSteps: number,
    terms: Exclude<TrainingSettings['objective'], string>['terms'],
    perceptualWeight = 0,
  ): Variant => ({
    name,
    model: { ...model, contentSteps, perceptualWeight },
    training: { ...shorten(training, steps), objective: { name: 'non-saturating', terms: terms! } },
  })
  const half = Math.floor(steps / 2)
  return [
    variant('SRResNet', Number.MAX_SAFE_INTEGER, []),
    variant('SRGAN with L1', half, [{ name: 'l1', weight: 100 }]),
    variant('SRGAN with L1 and features of D', half, [
      { name: 'l1', weight: 50 },
      { name: 'features', weight: 10 },
    ]),
    variant('SRGAN with L1 and a trained network', half, [{ name: 'l1', weight: 50 }], 10),
    variant('SRGAN with a little L1 and a trained network', half, [{ name: 'l1', weight: 10 }], 20),
    variant('SRGAN with a little L1', half, [{ name: 'l1', weight: 20 }]),
  ]
}

type ComparisonName = 'losses' | 'patches' | 'cycles' | 'enlarging'

const labelsToFaces = {
  app: edgesToFaces as unknown as AnyApp,
  dataOptions: { input: { drawing: 'labels' } },
  measures: ['fcn-score', 'fcn-mean-accuracy', 'fcn-miou', 'psnr-rgb', 'ssim-rgb'],
} as const

/** By what `--of` can be. */
export const comparisons: Readonly<Record<ComparisonName, Comparison>> = {
  losses: { ...labelsToFaces, variants: losses },
  patches: { ...labelsToFaces, variants: patches },
  cycles: {
    app: styleTransfer as unknown as AnyApp,
    measures: ['psnr-y', 'ssim-y', 'psnr-rgb', 'ssim-rgb'],
    attributes: true,
    variants: cycles,
  },
  enlarging: {
    app: superResolution as unknown as AnyApp,
    measures: ['psnr-y', 'ssim-y', 'back-projection'],
    features: ['frechet-distance', 'kid'],
    variants: enlarging,
  },
}
