import type { Batch, RandomStream } from '@gankit/core'
import type * as tf from '@tensorflow/tfjs'
import { applyUpdate, computeUpdate } from '../src/game.ts'
import type { Game, Update } from '../src/index.ts'

/** Plays one update of a game on its own: computes and applies it. @returns its scalars */
export async function playUpdate(
  { players }: Game,
  update: Update,
  {
    step,
    batchSize,
    real,
    random,
  }: {
    readonly step: number
    readonly batchSize: number
    readonly real?: tf.Tensor
    random(purpose: string): RandomStream
  },
): Promise<Map<string, tf.Scalar>> {
  const batches: Record<string, Batch> = real ? { real: { samples: real } } : {}
  const context = { step, batchSize, batches, shared: {}, random }
  const computed = await computeUpdate(update, players[update.player]!, context)
  applyUpdate(computed)
  return computed.scalars
}
