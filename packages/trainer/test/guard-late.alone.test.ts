import type { Objective } from '@gankit/core'
import { nonSaturating } from '@gankit/losses'
import * as tf from '@tensorflow/tfjs'
import { expect, test, vi } from 'vitest'
import {
  createGanTrainer,
  type GanTrainer,
  hashWeights,
  type RunOptions,
  type TrainerEvent,
} from '../src/index.ts'
import { points, tinyGan } from './tiny-gan.ts'

// As on a GPU, on whatever runs here.
vi.mock('@gankit/core', async original => ({
  ...(await original<object>()),
  readsAreAsync: () => true,
}))

/** D's loss is not a number at these moves. */
function breakingAt(...moves: number[]): Objective {
  const sound = nonSaturating()
  let move = 0
  return {
    ...sound,
    discriminator: (real, fake) =>
      tf.mul(sound.discriminator(real, fake), moves.includes(move++) ? Number.NaN : 1) as tf.Scalar,
  }
}

const trainerOf = (objective: Objective) =>
  createGanTrainer({ gan: tinyGan(), objective, seed: 1, averageDecay: 0.9 })

async function told(trainer: GanTrainer, options: RunOptions): Promise<string[]> {
  const words: string[] = []
  for await (const event of trainer.run(points(), options))
    words.push(`${event.type} ${event.step}${'replayed' in event ? ' again' : ''}`)
  return words
}

function everyNumberIsFinite({ gan, averages, game }: GanTrainer): boolean {
  const slots = Object.values(game.players).flatMap(({ optimizer }) => [...optimizer.slots.values()])
  const weights = [gan.generator, gan.discriminator].flatMap(({ weights }) => weights.map(one => one.read()))
  return [...slots, ...weights, ...averages['generator']!.weights.values()].every(one =>
    one.dataSync<'float32'>().every(Number.isFinite),
  )
}

test('what was applied before it was looked at is undone, with the step after it', async () => {
  const trainer = trainerOf(breakingAt(5))
  expect(await told(trainer, { steps: 8, guard: { every: 4 } })).toEqual([
    ...['start 0', 'step 1', 'step 2', 'step 3', 'step 4', 'step 5', 'step 6', 'rollback 6'],
    ...['step 5 again', 'step 6 again', 'step 7', 'step 8', 'end 8'],
  ])
  expect(everyNumberIsFinite(trainer)).toBe(true)
})

test('the weights are those of the last good state, bit for bit', async () => {
  const trainer = trainerOf(breakingAt(5))
  const hashes: string[] = []
  const note = async ({ type, step }: TrainerEvent) => {
    if ((type === 'step' && step === 4) || type === 'rollback')
      hashes.push(await hashWeights(trainer.game.networks))
  }
  await trainer.fit(points(), { steps: 7, guard: { every: 4 }, callbacks: [note] })
  expect(hashes).toHaveLength(2)
  expect(hashes[1]).toBe(hashes[0])
})

test('a state that turns out to be bad is not handed out', async () => {
  const trainer = trainerOf(breakingAt(3))
  const steps: number[] = []
  await trainer.fit(points(), {
    steps: 6,
    callbacks: [
      async (event, run) => {
        if (event.type === 'step' && !event.replayed) steps.push((await run.snapshot()).state.step)
      },
    ],
  })
  expect(steps).toEqual([1, 2, 3, 3, 5, 6])
})

test('the last step of a run is looked at too', async () => {
  const trainer = trainerOf(breakingAt(3))
  expect(await told(trainer, { steps: 4, guard: { every: 3 } })).toEqual([
    ...['start 0', 'step 1', 'step 2', 'step 3', 'step 4', 'rollback 4', 'step 4 again', 'end 4'],
  ])
  expect(everyNumberIsFinite(trainer)).toBe(true)
})

test.each<[string, RunOptions]>([
  [
    'a callback',
    {
      callbacks: [
        (event, run) => {
          if (event.step === 4) run.stop('enough')
        },
      ],
    },
  ],
  ['until', { until: ({ step }) => step === 4 }],
])('and where %s ends it there, without the scalars of the step that is rolled back', async (_, options) => {
  const trainer = trainerOf(breakingAt(3))
  const ends: TrainerEvent[] = []
  for await (const event of trainer.run(points(), { steps: 9, guard: { every: 3 }, ...options }))
    if (event.type === 'rollback' || event.type === 'end') ends.push(event)
  expect(ends).toMatchObject([
    { type: 'rollback', step: 4, to: 3 },
    { type: 'end', step: 3 },
  ])
  expect(ends[1]).not.toHaveProperty('values')
  expect(everyNumberIsFinite(trainer)).toBe(true)
})

test('falls leave no tensor behind', async () => {
  const trainer = trainerOf(breakingAt(9, 19, 29))
  const counts = new Set<number>()
  for await (const event of trainer.run(points(), { steps: 30, guard: { every: 6, tries: 9 } }))
    if (event.type === 'step' && event.step > 1) counts.add(tf.memory().numTensors)
  expect(trainer.rollbacks).toBe(3)
  expect(counts.size).toBe(1)
})
