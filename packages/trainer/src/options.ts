import { checkSeed, conditionSize, type Gan, GankitError, type Objective } from '@gankit/core'
import type { Disturb } from './algorithm1.ts'
import { checkWhole } from './check-whole.ts'
import type { Callback } from './events.ts'
import type { GuardOptions } from './guard.ts'
import type { Limits } from './limit.ts'
import type { ReduceGradients } from './move.ts'
import type { Optimizers } from './training.ts'

export interface TrainerOptions {
  readonly gan: Gan
  readonly objective: Objective
  /** One for each network, with learning rates of their own where wanted. Default: `adam()` for both. */
  readonly optimizers?: Optimizers
  /** Moves of D before each move of G, k in the paper: a whole number from 1. Default 1. */
  readonly discriminatorSteps?: number
  /** First steps in which D alone moves: a whole number from 0. Default 0. */
  readonly warmUpDiscriminator?: number
  /** Whether both players move at once, from the same weights. Default false: G answers to what D has learned. */
  readonly simultaneous?: boolean
  /** The greatest length of a network's gradient, above 0; a longer one is scaled down. Default: any. */
  readonly clipNorm?: { readonly generator?: number; readonly discriminator?: number }
  /** Done to all samples that D judges, such as `instanceNoise(0.1)`. Default: nothing. */
  readonly disturb?: Disturb
  /** Seed of latents, dropout and whatever else is random in a step. Default 0. */
  readonly seed?: number
  /** Decay of a moving average of G's weights, 0 to below 1: 0.999 looks back on 1,000 steps. Default: no average. */
  readonly averageDecay?: number
  /** Default: gradients are applied as they are. */
  readonly reduceGradients?: ReduceGradients
}

export interface RunOptions extends Limits {
  /** Ends the run after the step under way. */
  readonly signal?: AbortSignal
  /** Called with every event in turn, before it is yielded. */
  readonly callbacks?: readonly Callback[]
  /** What is done about a loss or gradient that is not finite. False: nothing. Default: the options' defaults. */
  readonly guard?: GuardOptions | false
}

/** @throws GankitError for an option of a trainer out of range */
export function checkTrainerOptions(options: TrainerOptions): void {
  const {
    seed = 0,
    discriminatorSteps = 1,
    warmUpDiscriminator = 0,
    averageDecay,
    clipNorm,
    optimizers,
  } = options
  checkSeed(seed)
  checkLogits(options.gan)
  checkWhole('discriminatorSteps', discriminatorSteps, 1)
  checkWhole('warmUpDiscriminator', warmUpDiscriminator, 0)
  if (averageDecay !== undefined && !(averageDecay >= 0 && averageDecay < 1))
    throw new GankitError(
      'trainer',
      'option',
      `averageDecay is ${averageDecay}, expected a number from 0 to below 1`,
    )
  for (const [player, limit] of Object.entries(clipNorm ?? {}))
    if (!(limit > 0 && Number.isFinite(limit)))
      throw new GankitError(
        'trainer',
        'option',
        `clipNorm.${player} is ${limit}, expected a finite number above 0`,
      )
  if (optimizers && optimizers.generator === optimizers.discriminator)
    throw new GankitError(
      'trainer',
      'option',
      'both networks got one optimizer, expected one each: it keeps state',
    )
}

/** @throws GankitError unless D gives a logit, and a number for each value that G can be asked for */
function checkLogits({ discriminator, latent }: Gan): void {
  const expected = 1 + conditionSize(latent)
  const { shape } = discriminator.outputs[0]!
  if (shape.length !== 2 || shape[1] !== expected)
    throw new GankitError(
      'trainer',
      'option',
      `the discriminator gives [${shape.map(side => side ?? 'n').join(', ')}], expected [n, ${expected}]: a logit, and a number for each value of the latent's conditions`,
    )
}
