import type { Batch, Batches, RandomStream } from '@gankit/core'
import { createTrainer, type Game, type UpdateContext } from '@gankit/trainer'
import type * as tf from '@tensorflow/tfjs'
import { expect } from 'vitest'
import { sines } from './sines.ts'

/** A stream without end, of the pictures of each batch by its number, from a batch on. */
export function always(samples: (batch: number) => tf.Tensor, from = 0): Batches {
  let batch = from
  const batches = {
    position: () => ({ epoch: 0, batch }),
    next: async () => {
      return { done: false as const, value: { samples: samples(batch++) } as Batch }
    },
    return: async () => ({ done: true as const, value: undefined }),
    throw: async (error: unknown) => Promise.reject(error),
    [Symbol.asyncIterator]: () => batches,
  }
  return batches as unknown as Batches
}

/** Takes steps, and gives the scalars of the last. */
export async function take(
  game: Game,
  data: Record<string, Batches>,
  count: number,
): Promise<Map<string, number>[]> {
  const trainer = createTrainer({ game, seed: 1 })
  const all: Map<string, number>[] = []
  for await (const event of trainer.run(data, { steps: count }))
    if (event.type === 'step') all.push(new Map(Object.entries(await event.read())))
  return all
}

/** Of each weight the sum, and the sum of its products with a ramp from −1 to 1. */
function sums(model: tf.LayersModel): Record<string, [number, number]> {
  return Object.fromEntries(
    model.trainableWeights.map(weight => {
      const values = [...weight.read().dataSync()]
      const last = Math.max(1, values.length - 1)
      const product = values.reduce((sum, value, i) => sum + value * ((2 * i) / last - 1), 0)
      return [weight.originalName, [values.reduce((a, b) => a + b, 0), values.length > 1 ? product : 0]]
    }),
  )
}

export function expectSums(model: tf.LayersModel, expected: Record<string, [number, number]>): void {
  const got = sums(model)
  expect(Object.keys(got).sort()).toEqual(Object.keys(expected).sort())
  for (const [name, pair] of Object.entries(expected))
    for (const [i, value] of pair.entries())
      expect(Math.abs(got[name]![i]! - value), `${name} ${i ? 'with a ramp' : 'sum'}`).toBeLessThan(
        2e-5 * Math.max(1, Math.abs(value)),
      )
}

/** The game with noise of sines of the name that it is drawn by, as make_fixtures.py has it. */
export function drawSines(game: Game): Game {
  return replaceRandom(game, purpose => ({
    normal: count => sines(purpose, [count], 1).dataSync<'float32'>() as Float32Array<ArrayBuffer>,
  }))
}

/** The game with the places that make_fixtures.py takes where it draws some at random. */
export function drawInFixedOrder(game: Game): Game {
  return replaceRandom(game, () => ({
    permutation: count => Uint32Array.from({ length: count }, (_, i) => (7 * i + 3) % count),
  }))
}

function replaceRandom(game: Game, replace: (purpose: string) => Partial<RandomStream>): Game {
  const fixed = (context: UpdateContext): UpdateContext => ({
    ...context,
    random: purpose => ({ ...context.random(purpose), ...replace(purpose) }),
  })
  return {
    ...game,
    rounds: step =>
      game
        .rounds(step)
        .map(round => round.map(update => ({ ...update, loss: context => update.loss(fixed(context)) }))),
  }
}
