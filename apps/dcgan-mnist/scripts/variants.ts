import type { Preset, TrainingSettings } from '@gankit/cli'
import type { DcganOptions } from '@gankit/dcgan'
import { presets } from '../src/presets.ts'

/** One recipe among those that are held against one another. */
export interface Variant extends Pick<Preset<DcganOptions>, 'model' | 'training'> {
  readonly name: string
}

const both = (
  learningRate: TrainingSettings['optimizers']['generator']['learningRate'],
  beta1: number,
  beta2: number,
) => {
  const adam = { name: 'adam', learningRate: learningRate!, beta1, beta2 } as const
  return { generator: adam, discriminator: adam }
}

/** The course's recipe with one thing changed at a time, in a net of half the width. */
function ablations(steps: number): readonly Variant[] {
  const { model: course, training } = presets.course
  const usual = { model: { ...course, base: 32 }, training: { ...training, steps } }
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

/** From the course's recipe to preset `full`, each with what the one before it has. */
function recipe(steps: number): readonly Variant[] {
  const { course, full } = presets
  const plain = { ...course, training: { ...course.training, steps } }
  const r1 = {
    model: full.model,
    training: { ...plain.training, objective: full.training.objective, optimizers: both(2e-4, 0.5, 0.99) },
  }
  const faster = { ...r1, training: { ...r1.training, optimizers: both(1e-3, 0.5, 0.99) } }
  const cooled = {
    ...r1,
    training: {
      ...r1.training,
      optimizers: both({ name: 'cosine', from: 1e-3, to: 1e-5, updates: steps }, 0.5, 0.99),
    },
  }
  return [
    { name: 'the course’s recipe', ...plain },
    { name: 'R1, no batch norm in D, β₂ 0.99', ...r1 },
    { name: 'and learning rate 1e-3', ...faster },
    { name: 'and that falling to 1e-5', ...cooled },
  ]
}

/** What `compare --of` can be. */
export const comparisons: Readonly<Record<string, (steps: number) => readonly Variant[]>> = {
  ablations,
  recipe,
}
