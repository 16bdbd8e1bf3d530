import { checkInteger, checkPositive, type Gan, type Objective } from '@gankit/core'
import { algorithm1, checkDiscriminator, type DiscriminatorTransform } from './game/algorithm1.ts'
import { adam } from './optimizers/adam.ts'
import type { Optimizer } from './optimizers/optimizer.ts'
import { createTrainer, type Trainer, type TrainerOptions } from './trainer.ts'

export interface GanTrainerOptions extends Omit<TrainerOptions, 'game'> {
  readonly gan: Gan
  readonly objective: Objective
  /** One for each network, with learning rates of their own where wanted. Default: `adam()` for both. */
  readonly optimizers?: { readonly generator: Optimizer; readonly discriminator: Optimizer }
  /** Updates of D before each update of G, k in the paper: a whole number from 1. Default 1. */
  readonly discriminatorSteps?: number
  /** First steps in which D alone is updated: a whole number from 0. Default 0. */
  readonly warmUpDiscriminator?: number
  /** Whether both players are updated at once, from the same weights. Default false: G answers to what D has learned. */
  readonly simultaneous?: boolean
  /** The greatest length of a network's gradient, above 0; a longer one is scaled down. Default: any. */
  readonly clipNorm?: { readonly generator?: number; readonly discriminator?: number }
  /** Applied to all samples that D judges, such as `instanceNoise(0.1)`. Default: nothing. */
  readonly transform?: DiscriminatorTransform
}

/** A trainer of a generator and a discriminator. */
export interface GanTrainer extends Trainer {
  readonly gan: Gan
}

/**
 * A trainer that plays Algorithm 1 of Goodfellow et al. 2014 with a generator and a discriminator: `createTrainer` with
 * the game `algorithm1`.
 * @throws GankitError for options out of range, and for a discriminator that gives no logits
 */
export function createGanTrainer(options: GanTrainerOptions): GanTrainer {
  const { seed, averageDecay, reduceGradients, ...play } = options
  checkDiscriminator(play.gan)
  checkInteger('trainer', 'discriminatorSteps', play.discriminatorSteps ?? 1, 1)
  checkInteger('trainer', 'warmUpDiscriminator', play.warmUpDiscriminator ?? 0, 0)
  for (const [player, limit] of Object.entries(play.clipNorm ?? {}))
    checkPositive('trainer', `clipNorm.${player}`, limit)
  const optimizers = play.optimizers ?? { generator: adam(), discriminator: adam() }
  const trainer = createTrainer({
    game: algorithm1({ ...play, optimizers }),
    ...(seed !== undefined && { seed }),
    ...(averageDecay !== undefined && { averageDecay }),
    ...(reduceGradients && { reduceGradients }),
  })
  return Object.assign(trainer, { gan: play.gan })
}
