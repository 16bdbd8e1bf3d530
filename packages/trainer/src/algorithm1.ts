import { type Forward, forward, type Gan, type Objective, sampleLatent, trainableWeights } from '@gankit/core'
import * as tf from '@tensorflow/tfjs'
import type { Move, Turn } from './move.ts'
import type { Optimizer } from './optimizers/optimizer.ts'

export interface Algorithm1Options {
  readonly gan: Gan
  readonly objective: Objective
  /** One for each network, since each remembers its own weights. */
  readonly optimizers: { readonly generator: Optimizer; readonly discriminator: Optimizer }
  /** Discriminator moves before each generator move, k in the paper. Default 1. */
  readonly discriminatorSteps?: number
}

/**
 * Algorithm 1 of Goodfellow et al. 2014 (arXiv 1406.2661): k moves of D, then one of G.
 *
 * Batch norm: each network sees real and fake samples in separate passes and normalises by the batch. Statistics
 * move only in the network whose move it is; D's move leaves everything of G as it was, and G's everything of D.
 */
export function algorithm1(options: Algorithm1Options): readonly Move[] {
  const { gan, objective, optimizers, discriminatorSteps = 1 } = options
  const { generator, discriminator, latent } = gan

  const training = (turn: Turn, pass: string, moveStatistics: boolean): Forward => ({
    training: true,
    moveStatistics,
    random: layer => turn.random(`${pass}/${layer}`),
  })
  const fakes = (turn: Turn, moveStatistics: boolean): tf.Tensor =>
    forward(
      generator,
      sampleLatent(latent, turn.batchSize, turn.random('latent')),
      training(turn, 'generator', moveStatistics),
    )
  const judge = (samples: tf.Tensor, turn: Turn, pass: string, moveStatistics: boolean): tf.Tensor =>
    forward(discriminator, samples, training(turn, pass, moveStatistics))

  const learnToTell: Move = {
    player: 'discriminator',
    wantsReal: true,
    weights: trainableWeights(discriminator),
    optimizer: optimizers.discriminator,
    loss(turn) {
      // Nothing here reaches a weight of G that is asked for, so no gradient is computed for it.
      const fake = judge(fakes(turn, false), turn, 'fake', true)
      const real = judge(turn.real!, turn, 'real', true)
      return {
        loss: objective.discriminator(real, fake),
        watched: { real: tf.mean(tf.sigmoid(real)), fake: tf.mean(tf.sigmoid(fake)) },
      }
    },
  }
  const learnToFool: Move = {
    player: 'generator',
    wantsReal: false,
    weights: trainableWeights(generator),
    optimizer: optimizers.generator,
    loss: turn => ({ loss: objective.generator(judge(fakes(turn, true), turn, 'fake', false)) }),
  }
  return [...Array<Move>(discriminatorSteps).fill(learnToTell), learnToFool]
}
