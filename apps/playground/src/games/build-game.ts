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
  restoreSnapshot,
  rmsprop,
  sgd,
  type Trainer,
  takeSnapshot,
} from '@gankit/trainer'
import { decodeSafetensors } from '@gankit/trainer/checkpoints'
import { createVanillaGan } from '@gankit/vanilla-gan'
import type { GameSettings, OptimizerName, Order, PriorName } from '../settings/game-settings.ts'
import type { GameData } from './distributions.ts'

/** Points that are drawn before a game begins; batches are taken of them. */
const datasetSize = 20_000

/** A game that is ready to be trained. */
export interface BuiltGame {
  readonly gan: Gan & { readonly latent: Latent }
  settings: GameSettings
  objective: Objective
  trainer: Trainer
  /** Updates by optimizers that were exchanged. */
  readonly earlierUpdates: { generator: number; discriminator: number }
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
  const built: BuiltGame = {
    gan: { ...gan, latent },
    settings,
    ...createPlay({ gan, turn: () => built.turn }, settings, reduceGradients),
    earlierUpdates: { generator: 0, discriminator: 0 },
    batches: distributionDataset(data.distribution, { size: datasetSize, seed }).batches({
      size: batch,
      seed,
    }),
    data,
    turn: settings.order,
  }
  return built
}

/** The objective and the trainer of settings, for networks that are there. */
function createPlay(
  { gan, turn }: { readonly gan: Gan; turn(): Order },
  settings: GameSettings,
  reduceGradients: ReduceGradients | undefined,
): Pick<BuiltGame, 'objective' | 'trainer'> {
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
  return {
    objective,
    trainer: createTrainer({
      game: {
        ...game,
        updatesPerStep: settings.discriminatorSteps + settings.generatorSteps,
        rounds: step => selectRounds(game, step, turn(), settings.generatorSteps),
      },
      seed: settings.seed,
      ...(reduceGradients && { reduceGradients }),
    }),
  }
}

/**
 * Lets a game go on with other settings of those that may change while it is played. Weights, steps and batches stay; so does
 * what an optimizer remembers, unless it is exchanged for one of another kind.
 */
export async function changeSettings(
  built: BuiltGame,
  settings: GameSettings,
  reduceGradients?: ReduceGradients,
): Promise<void> {
  const { trainer: old, settings: before } = built
  const { state, arrays } = await takeSnapshot(old, {})
  const updates = { ...state.updates }
  for (const player of ['generator', 'discriminator'] as const)
    if (settings[`${player}Optimizer`] !== before[`${player}Optimizer`]) {
      built.earlierUpdates[player] += updates[player]!
      updates[player] = 0
    }
  old.dispose()
  Object.assign(built, createPlay({ gan: built.gan, turn: () => built.turn }, settings, reduceGradients))
  restoreSnapshot(built.trainer, { state: { ...state, updates }, arrays })
  built.settings = settings
  built.turn = settings.order
}

/** Gives a game the weights of a trained one, out of a safetensors file; its optimizers start anew. */
export function startTrained({ trainer }: BuiltGame, bytes: Uint8Array): void {
  restoreSnapshot(trainer, {
    state: {
      version: 3,
      step: 0,
      samplesSeen: 0,
      positions: {},
      updates: { generator: 0, discriminator: 0 },
      rollbacks: 0,
      learningRateScale: 1,
    },
    arrays: decodeSafetensors(bytes, 'the trained start'),
  })
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
