import { type Batches, type Gan, type Latent, normalPrior, type Objective, uniformPrior } from '@gankit/core'
import { distributionDataset } from '@gankit/datasets'
import { createObjective, type ObjectiveSettings, type PenaltySettings } from '@gankit/losses'
import {
  adam,
  algorithm1,
  createTrainer,
  type Game,
  momentum,
  type Optimizer,
  type ReduceGradients,
  type Round,
  rmsprop,
  sgd,
  type Trainer,
} from '@gankit/trainer'
import { createVanillaGan } from '@gankit/vanilla-gan'
import type { GameSettings, OptimizerName, Order, PriorName } from '../settings/game-settings.ts'
import type { GameData } from './distributions.ts'

/** Points that are drawn before a game begins; batches are taken of them. */
const datasetSize = 20_000

/** A game that is ready to be trained. */
export interface BuiltGame {
  readonly gan: Gan & { readonly latent: Latent }
  readonly objective: Objective
  readonly trainer: Trainer
  readonly batches: Batches
  readonly data: GameData
  /** Whose updates the next steps have; what the settings say, until one network alone is to take a step. */
  turn: Order
}

/**
 * Builds networks, trainer and batches of a game.
 * @param reduceGradients is called between computing and applying each update's gradients
 */
export function buildGame(
  settings: GameSettings,
  data: GameData,
  reduceGradients?: ReduceGradients,
): BuiltGame {
  const { seed, batch } = settings
  const latent: Latent = { size: settings.latentSize, prior: createPrior(settings.prior) }
  const { dimensions } = data.distribution
  const gan = createVanillaGan({
    sampleShape: [dimensions],
    latent,
    seed,
    generator: {
      kind: 'mlp',
      hidden: settings.generatorHidden,
      activation: settings.generatorActivation,
      batchNormalization: settings.batchNormalization,
    },
    discriminator: {
      hidden: settings.discriminatorHidden,
      activation: settings.discriminatorActivation,
    },
  })
  const objective = createObjective(describeObjective(settings))
  const game = algorithm1({
    gan,
    objective,
    optimizers: {
      generator: createOptimizer(settings.generatorOptimizer, settings.generatorRate),
      discriminator: createOptimizer(settings.discriminatorOptimizer, settings.discriminatorRate),
    },
    discriminatorSteps: settings.discriminatorSteps,
    simultaneous: settings.order === 'simultaneous',
  })
  const built: BuiltGame = {
    gan: { ...gan, latent },
    objective,
    trainer: createTrainer({
      game: {
        ...game,
        updatesPerStep: settings.discriminatorSteps + settings.generatorSteps,
        rounds: step => selectRounds(game, step, built.turn, settings.generatorSteps),
      },
      seed,
      ...(reduceGradients && { reduceGradients }),
    }),
    batches: distributionDataset(data.distribution, { size: datasetSize, seed }).batches({
      size: batch,
      seed,
    }),
    data,
    turn: settings.order,
  }
  return built
}

/** The rounds of a step in which G may be updated several times, and one of the networks may be frozen. */
function selectRounds(game: Game, step: number, turn: Order, generatorSteps: number): readonly Round[] {
  const rounds = game.rounds(step)
  if (turn === 'alternating' || turn === 'simultaneous') {
    const more = rounds.flat().find(({ player }) => player === 'generator')!
    return [...rounds, ...Array<Round>(generatorSteps - 1).fill([more])]
  }
  return rounds
    .map(round =>
      round
        .filter(({ player }) => player === turn)
        // A step of G alone takes a batch too: it has as many fakes as D would have seen real samples.
        .map(update => (turn === 'generator' ? { ...update, nextBatches: game.streams } : update)),
    )
    .filter(round => round.length > 0)
}

function describeObjective({ objective: name, ...settings }: GameSettings): ObjectiveSettings {
  const { penalty, penaltyWeight, threshold } = settings
  const penalties: PenaltySettings[] =
    penalty === 'none'
      ? []
      : [
          penalty === 'gradient-penalty'
            ? { name: penalty, weight: penaltyWeight }
            : { name: penalty, gamma: penaltyWeight },
        ]
  return { name, ...(name === 'signed-minimax' && { threshold }), penalties } as ObjectiveSettings
}

function createPrior(name: PriorName): Latent['prior'] {
  return name === 'normal' ? normalPrior() : name === 'uniform' ? uniformPrior(-1, 1) : uniformPrior(0, 1)
}

function createOptimizer(name: OptimizerName, learningRate: number): Optimizer {
  const create = { adam, rmsprop, momentum, sgd }[name]
  return create({ learningRate })
}

/** Frees all that a game holds. */
export function disposeGame({ gan, trainer }: BuiltGame): void {
  trainer.dispose()
  gan.generator.dispose()
  gan.discriminator.dispose()
}
