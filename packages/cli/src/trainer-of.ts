import type { Dataset } from '@gankit/core'
import { createObjective } from '@gankit/losses'
import { createOptimizer, createSchedule, createTrainer, instanceNoise, type Trainer } from '@gankit/trainer'
import type { App } from './app.ts'
import type { RunConfig } from './run-config.ts'

/** The trainer that a configuration describes. @throws GankitError for settings that don't fit one another */
export function trainerOf(
  app: App,
  { model, training, seed }: Pick<RunConfig, 'model' | 'training' | 'seed'>,
  { sampleShape }: Dataset,
): Trainer {
  const { latent, objective, optimizers, discriminatorSteps, instanceNoise: noise, ...rest } = training
  const { warmUpDiscriminator, simultaneous, clipNorm, averageDecay } = rest
  return createTrainer({
    gan: app.createGan({ model, latent, sampleShape, seed }),
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
    ...(noise !== undefined && { disturb: instanceNoise(createSchedule(noise)) }),
    ...(averageDecay !== undefined && { averageDecay }),
  })
}
