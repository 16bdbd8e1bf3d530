import type { DcganOptions } from '@gankit/dcgan'
import type { TrainingSettings } from '@gankit/experiment'
import { app } from '@gankit/face-generation'
import { both, type Variant } from './variant.ts'

const light = app.presets['light']!
const cooled = (from: number, steps: number) =>
  ({ name: 'cosine', from, to: from / 100, updates: steps }) as const
const r1 = (gamma: number, every: number): TrainingSettings['objective'] => ({
  name: 'non-saturating',
  penalties: [{ name: 'r1', gamma, every }],
})

/** Towards preset `light`: what served digits, with one thing changed at a time, in a net of half its width. */
export function towardsFaces(steps: number): readonly Variant[] {
  const digits: Variant = {
    name: 'what served digits',
    model: { ...light.model, base: 16, normalization: { generator: 'batch', discriminator: 'none' } },
    training: {
      ...light.training,
      steps,
      batch: 64,
      averageDecay: 0.998,
      objective: r1(1, 4),
      optimizers: both(cooled(1e-3, steps), 0, 0.99),
    },
  }
  const net = (name: string, change: DcganOptions): Variant => changedNet(digits, name, change)
  const changed = (name: string, change: Partial<TrainingSettings>): Variant =>
    changedTraining(digits, name, change)
  const fast = { optimizers: both(cooled(2e-3, steps), 0, 0.99) }
  const normalized = net('batch norm in D too', { normalization: {} })
  return [
    digits,
    changed('R1 of 0.1', { objective: r1(0.1, 4) }),
    changed('R1 of 0.01', { objective: r1(0.01, 4) }),
    net('kernel 4, D a stage deeper', { kernel: 4, discriminatorStages: 5 }),
    net('kernel 3, resized', { kernel: 3, upsampling: 'resize' }),
    net('kernel 3, pixel shuffle', { kernel: 3, upsampling: 'pixel-shuffle' }),
    net('Glorot', { initialization: { name: 'glorot' } }),
    changed('learning rate 2e-3', fast),
    normalized,
    changedTraining(normalized, 'batch norm in D too, learning rate 2e-3', fast),
    changedTraining(normalized, 'batch norm in D too, batches of 32', { batch: 32, steps: 2 * steps }),
  ]
}

/** Preset `light` with one thing changed at a time, in a net of half its width. */
export function faces(steps: number): readonly Variant[] {
  const rate = (from: number) => both(cooled(from, steps), 0, 0.99)
  const usual: Variant = {
    name: 'preset light',
    model: { ...light.model, base: 16 },
    training: { ...light.training, steps, averageDecay: 0.998, optimizers: rate(1e-3) },
  }
  const changed = (name: string, change: Partial<TrainingSettings>): Variant =>
    changedTraining(usual, name, change)
  return [
    usual,
    changed('β₁ 0.5', { optimizers: both(cooled(1e-3, steps), 0.5, 0.99) }),
    changed('two time scales: D four times as fast as G', {
      optimizers: { generator: rate(5e-4).generator, discriminator: rate(2e-3).discriminator },
    }),
    augmented(usual),
  ]
}

/** Preset `light`, in a net of half its width, of so few faces that D could know each by heart. */
export function fewFaces(steps: number): readonly Variant[] {
  const [usual] = faces(steps)
  return [usual!, augmented(usual!)]
}

function augmented(from: Variant): Variant {
  return changedTraining(from, 'all that D sees changed', { augmentation: {} })
}

function changedNet(from: Variant, name: string, change: DcganOptions): Variant {
  return { ...from, name, model: { ...from.model, ...change } }
}

function changedTraining(from: Variant, name: string, change: Partial<TrainingSettings>): Variant {
  return { ...from, name, training: { ...from.training, ...change } }
}
