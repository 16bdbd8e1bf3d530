import { createObjective } from '@gankit/losses'
import {
  createOptimizer,
  createSchedule,
  createTrainer,
  type Disturb,
  differentiableAugmentation,
  instanceNoise,
  type Trainer,
} from '@gankit/trainer'
import type { App, TrainingSettings } from './app.ts'
import type { RunConfig } from './run-config.ts'

/** The trainer that a configuration describes. @throws GankitError for settings that don't fit one another */
export function trainerOf(
  app: App,
  { model, training, seed }: Pick<RunConfig, 'model' | 'training' | 'seed'>,
  { sampleShape, conditions }: Pick<RunConfig['dataset'], 'sampleShape' | 'conditions'>,
): Trainer {
  const { latent, objective, optimizers, discriminatorSteps, ...rest } = training
  const disturb = disturbOf(training)
  const { warmUpDiscriminator, simultaneous, clipNorm, averageDecay } = rest
  return createTrainer({
    gan: app.createGan({ model, latent, sampleShape, seed, ...(conditions && { conditions }) }),
    objective: createObjective(objective),
    optimizers: {
      generator: createOptimizer(optimizers.generator),
      discriminator: createOptimizer(optimizers.discriminator),
    },
    discriminatorSteps,
    seed,
    ...(warmUpDiscriminator !== undefined && { warmUpDiscriminator }),
    ...(simultaneous && { simultaneous }),
    ...(clipNorm && { clipNorm }),
    ...(disturb && { disturb }),
    ...(averageDecay !== undefined && { averageDecay }),
  })
}

/** Everything that is done to what D sees: images change first, then noise lies over them. */
function disturbOf({ augmentation, instanceNoise: noise }: TrainingSettings): Disturb | undefined {
  const changes = [
    ...(augmentation ? [differentiableAugmentation(augmentation)] : []),
    ...(noise === undefined ? [] : [instanceNoise(createSchedule(noise))]),
  ]
  if (changes.length === 0) return undefined
  return (samples, turn) => changes.reduce((seen, change) => change(seen, turn), samples)
}
