import type { TrainingSettings } from '@gankit/cli'
import type { DcganOptions } from '@gankit/dcgan'
import { app } from '@gankit/dcgan-mnist'
import { both, type Variant } from './variant.ts'

const { course, full } = app.presets as Record<'course' | 'full', (typeof app.presets)[string]>

/** The course's recipe with one thing changed at a time, in a net of half the width. */
export function ablations(steps: number): readonly Variant[] {
  const usual = { model: { ...course.model, base: 32 }, training: { ...course.training, steps } }
  const net = (name: string, change: DcganOptions): Variant => ({
    ...usual,
    name,
    model: { ...usual.model, ...change },
  })
  const normalization = (generator: 'batch' | 'none', discriminator: 'batch' | 'none') => ({
    normalization: { generator, discriminator },
  })
  return [
    net('the course’s recipe', {}),
    net('no batch norm in D', normalization('batch', 'none')),
    net('no batch norm in G', normalization('none', 'batch')),
    net('no batch norm', normalization('none', 'none')),
    net('ReLU in D', { discriminatorActivation: 'relu' }),
    net('Glorot', { initialization: { name: 'glorot' } }),
    { ...usual, name: 'β₁ 0.9', training: { ...usual.training, optimizers: both(2e-4, 0.9, 0.999) } },
  ]
}

/** From the course's recipe towards preset `full`, each with what the one before it has; all with one moving average. */
export function recipe(steps: number): readonly Variant[] {
  const plain: TrainingSettings = { ...course.training, steps, averageDecay: 0.998 }
  const r1 = (gamma: number): TrainingSettings['objective'] => ({
    name: 'non-saturating',
    penalties: [{ name: 'r1', gamma, every: 4 }],
  })
  const [mild, strong] = [
    { ...plain, objective: r1(0.2), optimizers: both(2e-4, 0.5, 0.99) },
    { ...plain, objective: r1(1), optimizers: both(2e-4, 0.5, 0.99) },
  ]
  const cooled = { name: 'cosine', from: 1e-3, to: 1e-5, updates: steps } as const
  const { model } = full
  return [
    { name: 'the course’s recipe', model: course.model, training: plain },
    { name: 'R1 of 0.2, no batch norm in D, β₂ 0.99', model, training: mild },
    { name: 'and R1 of 1', model, training: strong },
    { name: 'and learning rate 1e-3', model, training: { ...strong, optimizers: both(1e-3, 0.5, 0.99) } },
    { name: 'and β₁ 0', model, training: { ...strong, optimizers: both(1e-3, 0, 0.99) } },
    {
      name: 'and the rate falling to 1e-5',
      model,
      training: { ...strong, optimizers: both(cooled, 0, 0.99) },
    },
  ]
}
