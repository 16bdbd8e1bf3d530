import { type Batches, GankitError, randomStream } from '@gankit/core'
import type * as tf from '@tensorflow/tfjs'
import { type Move, play, type ReduceGradients } from './move.ts'

export interface StepResult {
  /** 'discriminator/loss' and so on, of each player's last move; the caller disposes of them. */
  readonly scalars: ReadonlyMap<string, tf.Scalar>
  /** Real samples used. */
  readonly images: number
}

/**
 * One step of a game: every move in turn. Its random numbers are a function of seed, player and step.
 * @param step steps taken before this one
 */
export async function takeStep(
  moves: readonly Move[],
  batches: Batches,
  {
    seed,
    step,
    reduceGradients,
  }: { seed: number; step: number; reduceGradients: ReduceGradients | undefined },
): Promise<StepResult> {
  const scalars = new Map<string, tf.Scalar>()
  let images = 0
  let batchSize = 0
  for (const [index, move] of moves.entries()) {
    const real = move.wantsReal ? await nextSamples(batches, step) : undefined
    if (real) {
      batchSize = real.shape[0]!
      images += batchSize
    }
    const turn = step * moves.length + index
    const played = await play(
      move,
      {
        batchSize,
        ...(real && { real }),
        random: purpose => randomStream(seed, `trainer/${move.player}/${purpose}`, turn),
      },
      reduceGradients,
    )
    real?.dispose()
    for (const [name, scalar] of played) {
      const key = `${move.player}/${name}`
      scalars.get(key)?.dispose()
      scalars.set(key, scalar)
    }
  }
  return { scalars, images }
}

async function nextSamples(batches: Batches, step: number): Promise<tf.Tensor> {
  const next = await batches.next()
  if (!next.done) return next.value.samples
  throw new GankitError(
    'trainer',
    'data',
    `the batches ended at step ${step}: make them without \`epochs\`, or stop earlier`,
  )
}
