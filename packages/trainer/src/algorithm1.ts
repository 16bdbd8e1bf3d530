import {
  type Forward,
  forward,
  type Gan,
  type Objective,
  type RandomStream,
  sampleLatent,
  trainableWeights,
} from '@gankit/core'
import * as tf from '@tensorflow/tfjs'
import { type Asked, conditionIn, logitsOf, withCondition } from './conditions.ts'
import type { Game, Move, Turn } from './move.ts'
import type { Optimizer } from './optimizers/optimizer.ts'
import { penaltyOf } from './penalty.ts'

/**
 * Something done to samples before D sees them, real and fake ones alike: a differentiable function that keeps their
 * shape. Instance noise is one.
 */
export type Disturb = (
  samples: tf.Tensor,
  turn: { readonly step: number; readonly random: RandomStream },
) => tf.Tensor

export interface Algorithm1Options {
  readonly gan: Gan
  readonly objective: Objective
  /** One for each network, since each remembers its own weights. */
  readonly optimizers: { readonly generator: Optimizer; readonly discriminator: Optimizer }
  /** Discriminator moves before each generator move, k in the paper. Default 1. */
  readonly discriminatorSteps?: number
  /** First steps in which D alone moves. Default 0. */
  readonly warmUpDiscriminator?: number
  /** Whether G's move starts from the weights that D's last move started from, not from those it led to. Default false. */
  readonly simultaneous?: boolean
  /** The greatest length of a network's gradient. Default: any. */
  readonly clipNorm?: { readonly generator?: number; readonly discriminator?: number }
  /** Done to all samples that D judges. Default: nothing. */
  readonly disturb?: Disturb
}

/**
 * Algorithm 1 of Goodfellow et al. 2014 (arXiv 1406.2661): k moves of D, then one of G.
 *
 * Batch norm: each network sees real and fake samples in separate passes and normalises by the batch. Statistics
 * move only in the network whose move it is; D's move leaves everything of G as it was, and G's everything of D.
 *
 * Where the latent has conditions, a move that sees real samples asks G for what these have, another for what shares
 * say, and D's logit of a sample has added to it its numbers for the values that were asked for.
 */
export function algorithm1(options: Algorithm1Options): Game {
  const { discriminatorSteps: k = 1, warmUpDiscriminator = 0, simultaneous = false } = options
  const { learnToTell, learnToFool } = movesOf(options)
  const tells = Array<Move>(k).fill(learnToTell)
  const alone = tells.map(move => [move])
  const both = simultaneous ? [...alone.slice(1), [learnToTell, learnToFool]] : [...alone, [learnToFool]]
  const { conditions } = options.gan.latent
  return {
    ...(conditions && { conditions }),
    moves: k + 1,
    rounds: step => (step < warmUpDiscriminator ? alone : both),
  }
}

/** The moves of the two players. */
function movesOf({ gan, objective, optimizers, clipNorm, disturb }: Algorithm1Options) {
  const { generator, discriminator, latent } = gan
  const training = (turn: Turn, pass: string, moveStatistics: boolean): Forward => ({
    training: true,
    moveStatistics,
    random: layer => turn.random(`${pass}/${layer}`),
  })
  const fakes = (turn: Turn, moveStatistics: boolean) => {
    const drawn = sampleLatent(latent, turn.batchSize, turn.random('latent'))
    const latents = turn.conditions ? withCondition(latent, drawn, turn.conditions) : drawn
    const samples = forward(generator, latents, training(turn, 'generator', moveStatistics))
    return { samples, asked: conditionIn(latent, latents) }
  }
  const seen = (samples: tf.Tensor, { step, random }: Turn, pass: string): tf.Tensor =>
    disturb ? disturb(samples, { step, random: random(`${pass}/disturb`) }) : samples
  const judge = (samples: tf.Tensor, asked: Asked, turn: Turn, pass: string, moveStatistics: boolean) =>
    logitsOf(forward(discriminator, samples, training(turn, pass, moveStatistics)), asked)

  const learnToTell: Move = {
    player: 'discriminator',
    wantsReal: true,
    weights: trainableWeights(discriminator),
    optimizer: optimizers.discriminator,
    ...(clipNorm?.discriminator !== undefined && { clipNorm: clipNorm.discriminator }),
    loss(turn) {
      // Nothing here reaches a weight of G that is asked for, so no gradient is computed for it.
      const { samples, asked } = fakes(turn, false)
      const fakeSeen = seen(samples, turn, 'fake')
      const fake = judge(fakeSeen, asked, turn, 'fake', true)
      const realSeen = seen(turn.real!, turn, 'real')
      const real = judge(realSeen, asked, turn, 'real', true)
      const watched = { real: meanProbability(real), fake: meanProbability(fake) }
      const loss = objective.discriminator(real, fake)
      const penalty = penaltyOf(objective, turn.step, {
        real: realSeen,
        fake: fakeSeen,
        judge: samples => judge(samples, asked, turn, 'penalty', false),
        random: purpose => turn.random(`penalty/${purpose}`),
      })
      return penalty ? { loss: tf.add(loss, penalty), watched: { ...watched, penalty } } : { loss, watched }
    },
  }
  const learnToFool: Move = {
    player: 'generator',
    wantsReal: objective.comparesWithReal ?? false,
    weights: trainableWeights(generator),
    optimizer: optimizers.generator,
    ...(clipNorm?.generator !== undefined && { clipNorm: clipNorm.generator }),
    loss(turn) {
      const { samples, asked } = fakes(turn, true)
      const fake = judge(seen(samples, turn, 'fake'), asked, turn, 'fake', false)
      const real = turn.real && judge(seen(turn.real, turn, 'real'), asked, turn, 'real', false)
      return { loss: objective.generator(fake, real) }
    },
  }
  return { learnToTell, learnToFool }
}

function meanProbability(logits: tf.Tensor): tf.Scalar {
  return tf.mean(tf.sigmoid(logits)) as tf.Scalar
}
