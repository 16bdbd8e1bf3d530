import { type Batch, type Batches, GankitError, randomStream } from '@gankit/core'
import type * as tf from '@tensorflow/tfjs'
import { conditionsOf } from './conditions.ts'
import { type Trouble, troubleIn } from './guard.ts'
import {
  apply,
  dropGradients,
  type Game,
  type Move,
  type Planned,
  plan,
  type ReduceGradients,
} from './move.ts'

export interface StepOptions {
  readonly seed: number
  /** Steps taken before this one. */
  readonly step: number
  /** How often steps were undone: each time the random numbers are others. */
  readonly rollbacks: number
  readonly reduceGradients: ReduceGradients | undefined
  /** Whether nothing is applied when a loss or a gradient is not finite. */
  readonly guarded: boolean
}

export interface StepResult {
  /** 'discriminator/loss' and so on, of each player's last move; the caller disposes of them. */
  readonly scalars: ReadonlyMap<string, tf.Scalar>
  /** Real samples used. */
  readonly images: number
  /** Why the step was left where it was. */
  readonly trouble?: Trouble
}

/**
 * One step of a game: round after round, in each of which all gradients are computed before any is applied. Its random
 * numbers are a function of seed, rollbacks, player and step.
 */
export async function takeStep(game: Game, batches: Batches, options: StepOptions): Promise<StepResult> {
  const scalars = new Map<string, tf.Scalar>()
  let [images, batchSize, index] = [0, 0, 0]
  for (const round of game.rounds(options.step)) {
    const planned: Planned[] = []
    for (const move of round) {
      const batch = move.wantsReal ? await nextBatch(batches, options.step) : undefined
      const real = batch?.samples
      if (real) {
        batchSize = real.shape[0]!
        images += batchSize
      }
      const conditions = batch && conditionsOf(batch, game.conditions)
      const random = randomOf(move, options, options.step * game.moves + index++)
      const turn = {
        step: options.step,
        batchSize,
        ...(real && { real }),
        ...(conditions && { conditions }),
        random,
      }
      planned.push(await plan(move, turn, options.reduceGradients))
      real?.dispose()
      conditions?.dispose()
    }
    const added = new Map<string, tf.Scalar>()
    for (const { move, scalars: own } of planned)
      for (const [name, scalar] of own) added.set(`${move.player}/${name}`, scalar)
    const trouble = options.guarded
      ? await troubleIn(added.keys(), async name => (await added.get(name)!.data())[0]!)
      : undefined
    for (const one of planned) trouble ? dropGradients(one) : apply(one)
    for (const [name, scalar] of added) {
      scalars.get(name)?.dispose()
      scalars.set(name, scalar)
    }
    if (trouble) return { scalars, images, trouble }
  }
  return { scalars, images }
}

function randomOf({ player }: Move, { seed, rollbacks }: StepOptions, turn: number) {
  const again = rollbacks > 0 ? `again-${rollbacks}/` : ''
  return (purpose: string) => randomStream(seed, `trainer/${again}${player}/${purpose}`, turn)
}

async function nextBatch(batches: Batches, step: number): Promise<Batch> {
  const next = await batches.next()
  if (!next.done) return next.value
  throw new GankitError(
    'trainer',
    'data',
    `the batches ended at step ${step}: make them without \`epochs\`, or stop earlier`,
  )
}
