import { createObjective } from '@gankit/losses'
import {
  createGanTrainer,
  createTrainer,
  type DiscriminatorTransform,
  differentiableAugmentation,
  instanceNoise,
  type Trainer,
} from '@gankit/trainer'
import { createOptimizer, createSchedule } from '@gankit/trainer/optimizers'
import type { App } from './app.ts'
import type { RunConfig } from './run-config.ts'
import type { TrainingSettings } from './settings/types.ts'

/**
 * The trainer that a configuration describes; in a page too.
 * @param config of a run, or a preset's `model` and `training` with a seed
 * @param dataset what the data are: the shape of one sample, and the condition where there is one
 * @throws GankitError for settings that don't fit one another
 */
export function buildTrainer(
  app: App,
  { model, training, seed }: Pick<RunConfig, 'model' | 'training' | 'seed'>,
  { sampleShape, condition }: Pick<RunConfig['dataset'], 'sampleShape' | 'condition'>,
): Trainer {
  const { latentSize, averageDecay } = training
  const options = { model, latentSize, sampleShape, seed, ...(condition && { condition }) }
  const averaged = averageDecay === undefined ? {} : { averageDecay }
  if (app.createGame)
    return createTrainer({ game: app.createGame({ ...options, training }), seed, ...averaged })
  const { objective, optimizers, discriminatorSteps, warmUpDiscriminator, simultaneous, clipNorm } = training
  const transform = buildTransform(training)
  return createGanTrainer({
    gan: app.createGan(options),
    objective: createObjective(objective),
    optimizers: {
      generator: createOptimizer(optimizers.generator),
      discriminator: createOptimizer(optimizers.discriminator),
    },
    discriminatorSteps,
    seed,
    ...averaged,
    ...(warmUpDiscriminator !== undefined && { warmUpDiscriminator }),
    ...(simultaneous && { simultaneous }),
    ...(clipNorm && { clipNorm }),
    ...(transform && { transform }),
  })
}

/** Everything that is done to the samples that D sees: first images are changed, then noise is added. */
function buildTransform({
  augmentation,
  instanceNoise: noise,
}: TrainingSettings): DiscriminatorTransform | undefined {
  const changes = [
    ...(augmentation ? [differentiableAugmentation(augmentation)] : []),
    ...(noise === undefined ? [] : [instanceNoise(createSchedule(noise))]),
  ]
  if (changes.length === 0) return undefined
  return (samples, context) => changes.reduce((seen, change) => change(seen, context), samples)
}
