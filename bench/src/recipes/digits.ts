import type { DcganOptions } from '@gankit/dcgan'
import { app } from '@gankit/dcgan-mnist'
import type { TrainingSettings } from '@gankit/experiment'
import { both, type Variant } from './variant.ts'

const classic = app.presets['classic']!

/** Of G, where recipes are compared after few steps. */
const averageDecay = 0.995

/** Preset `classic` with one thing changed at a time, in a net of half the width. */
export function ablations(steps: number): readonly Variant[] {
  const usual = {
    model: { ...classic.model, base: 32 },
    training: { ...classic.training, steps, averageDecay },
  }
  const net = (name: string, change: DcganOptions): Variant => ({
    ...usual,
    name,
    model: { ...usual.model, ...change },
  })
  const normalization = (generator: 'batch' | 'none', discriminator: 'batch' | 'none') => ({
    normalization: { generator, discriminator },
  })
  return [
    net('the classic settings', {}),
    net('no batch norm in D', normalization('batch', 'none')),
    net('no batch norm in G', normalization('none', 'batch')),
    net('no batch norm', normalization('none', 'none')),
    net('ReLU in D', { discriminatorActivation: 'relu' }),
    net('ReLU and no batch norm in D', {
      discriminatorActivation: 'relu',
      ...normalization('batch', 'none'),
    }),
    net('Glorot', { initialization: { name: 'glorot' } }),
    { ...usual, name: 'β₁ 0.9', training: { ...usual.training, optimizers: both(2e-4, 0.9, 0.999) } },
  ]
}

/** The recipe of the twin in PyTorch, `bench/peers/quality.py`, in a net of the same width. */
export function twin(steps: number): readonly Variant[] {
  return [{ ...recipeOfTwin(steps), name: 'the twin’s recipe' }]
}

function recipeOfTwin(steps: number, gamma = 0.2): Omit<Variant, 'name'> {
  return {
    model: { ...classic.model, normalization: { generator: 'batch', discriminator: 'none' } },
    training: {
      ...classic.training,
      steps,
      averageDecay: 0.998,
      objective: { name: 'non-saturating', penalties: [{ name: 'r1', gamma, every: 4 }] },
      optimizers: both(2e-4, 0.5, 0.99),
    },
  }
}

/** From preset `classic` towards preset `full`, each with what the one before it has, in a net of half the width. */
export function recipe(steps: number): readonly Variant[] {
  const narrow = (
    name: string,
    { model, training }: Omit<Variant, 'name'>,
    change: DcganOptions = {},
  ): Variant => ({
    name,
    model: { ...model, base: 32, ...change },
    training: { ...training, averageDecay },
  })
  const strong = recipeOfTwin(steps, 1)
  const moved = (optimizers: TrainingSettings['optimizers']) => ({
    ...strong,
    training: { ...strong.training, optimizers },
  })
  const cooled = both({ name: 'cosine', from: 1e-3, to: 1e-5, updates: steps }, 0, 0.99)
  return [
    narrow('the classic settings', { ...classic, training: { ...classic.training, steps } }),
    narrow('R1 of 0.2, no batch norm in D, β₂ 0.99', recipeOfTwin(steps)),
    narrow('and R1 of 1', strong),
    narrow('and learning rate 1e-3', moved(both(1e-3, 0.5, 0.99))),
    narrow('and β₁ 0', moved(both(1e-3, 0, 0.99))),
    narrow('and the rate falling to 1e-5', moved(cooled)),
    narrow('and D a stage deeper', moved(cooled), { discriminatorStages: 3 }),
  ]
}
