import type { TrainingSettings } from '@gankit/cli'
import { app } from '@gankit/face-generation'
import { both, type Variant } from './variant.ts'

/** Preset `light` with one thing changed at a time, in a net of half its width. */
export function faces(steps: number): readonly Variant[] {
  const light = app.presets['light']!
  const cooled = (from: number) => ({ name: 'cosine', from, to: from / 100, updates: steps }) as const
  const usual = {
    model: { ...light.model, base: 16 },
    training: { ...light.training, steps, averageDecay: 0.998, optimizers: both(cooled(1e-3), 0, 0.99) },
  }
  const changed = (name: string, change: Partial<TrainingSettings>): Variant => ({
    ...usual,
    name,
    training: { ...usual.training, ...change },
  })
  const r1 = (gamma: number): TrainingSettings['objective'] => ({
    name: 'non-saturating',
    penalties: [{ name: 'r1', gamma, every: 4 }],
  })
  return [
    { ...usual, name: 'as it is' },
    changed('β₁ 0.5', { optimizers: both(cooled(1e-3), 0.5, 0.99) }),
    changed('learning rate 2e-4, β₁ 0.5', { optimizers: both(2e-4, 0.5, 0.99) }),
    changed('R1 of 0.1', { objective: r1(0.1) }),
    changed('R1 of 10', { objective: r1(10) }),
    changed('two time scales: D four times as fast', {
      optimizers: {
        generator: both(cooled(5e-4), 0, 0.99).generator,
        discriminator: both(cooled(2e-3), 0, 0.99).discriminator,
      },
    }),
    changed('all that D sees changed', { augmentation: {} }),
  ]
}
