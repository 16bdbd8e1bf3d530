import type { Gan, Objective } from '@gankit/core'
import { nonSaturating } from '@gankit/losses'
import * as tf from '@tensorflow/tfjs'
import { expect, test } from 'vitest'
import {
  createGanTrainer,
  hashWeights,
  type RollbackEvent,
  restoreSnapshot,
  type Snapshot,
  type Trainer,
  type TrainerEvent,
} from '../src/index.ts'
import { points, tinyGan } from './tiny-gan.ts'

/** An objective one of whose losses is not a number whenever `when` says so at the move's own count. */
function breaking(player: 'discriminator' | 'generator', when: (move: number) => boolean): Objective {
  let moves = 0
  const sound = nonSaturating()
  const broken = (loss: tf.Scalar) => (when(moves++) ? tf.mul(loss, Number.NaN) : loss) as tf.Scalar
  return player === 'discriminator'
    ? { ...sound, discriminator: (real, fake) => broken(sound.discriminator(real, fake)) }
    : { ...sound, generator: fake => broken(sound.generator(fake)) }
}

const trainerOf = (objective: Objective, gan: Gan = tinyGan()) =>
  createGanTrainer({ gan, objective, seed: 1, averageDecay: 0.9 })

async function eventsOf(trainer: Trainer, steps: number, guard = {}): Promise<TrainerEvent[]> {
  const events: TrainerEvent[] = []
  for await (const event of trainer.run(points(), { steps, guard })) events.push(event)
  return events
}

const told = (events: TrainerEvent[]) =>
  events.map(event => `${event.type} ${event.step}${'replayed' in event ? ' again' : ''}`)

test.each(['discriminator', 'generator'] as const)(
  'a loss of the %s that is not a number is never applied, and the steps since are taken anew',
  async player => {
    const trainer = trainerOf(breaking(player, move => move === 5))
    const events = await eventsOf(trainer, 7, { every: 4 })
    expect(told(events)).toEqual([
      ...['start 0', 'step 1', 'step 2', 'step 3', 'step 4', 'step 5', 'rollback 5'],
      ...['step 5 again', 'step 6', 'step 7', 'end 7'],
    ])
    expect(events.find(event => event.type === 'rollback')).toEqual({
      type: 'rollback',
      step: 5,
      to: 4,
      player,
      cause: 'loss',
      attempt: 1,
      tries: 3,
      learningRateScale: 0.5,
    } satisfies RollbackEvent)
    for (const model of [trainer.gan.generator, trainer.gan.discriminator])
      for (const weight of model.weights)
        for (const value of weight.read().dataSync()) expect(Number.isFinite(value)).toBe(true)
  },
)

test('a gradient that is not finite is seen where the loss is fine', async () => {
  // The root's slope at 0 is infinite, its value is not.
  const sound = nonSaturating()
  let moves = 0
  const objective: Objective = {
    ...sound,
    generator: fake =>
      moves++ === 2 ? (tf.sqrt(tf.mul(tf.mean(fake), 0)) as tf.Scalar) : sound.generator(fake),
  }
  const events = await eventsOf(trainerOf(objective), 4)
  expect(events.find(event => event.type === 'rollback')).toMatchObject({
    step: 2,
    to: 0,
    player: 'generator',
    cause: 'gradient',
  })
})

test('after so many falls in a row the run is given up at its last good state, with a reason', async () => {
  const gan = tinyGan()
  const trainer = trainerOf(
    breaking('generator', move => move >= 6),
    gan,
  )
  let good = ''
  let last: TrainerEvent | undefined
  const falls: RollbackEvent[] = []
  for await (const event of trainer.run(points(), { steps: 50, guard: { every: 5, tries: 2 } })) {
    if (event.type === 'step' && event.step === 5 && !event.replayed)
      good = await hashWeights({ generator: gan.generator, discriminator: gan.discriminator })
    if (event.type === 'rollback') falls.push(event)
    last = event
  }
  expect(falls.map(({ attempt, learningRateScale }) => [attempt, learningRateScale])).toEqual([
    [1, 0.5],
    [2, 0.25],
    [3, 1],
  ])
  expect(last).toMatchObject({ type: 'end', reason: 'failed', step: 5 })
  expect((last as { why: string }).why).toContain(
    "generator's loss was not finite after step 5, 3 times in a row: try",
  )
  expect(last).not.toHaveProperty('values')
  expect(await hashWeights({ generator: gan.generator, discriminator: gan.discriminator })).toBe(good)
})

test('a fall far behind the last one counts from one again', async () => {
  const trainer = trainerOf(breaking('discriminator', move => move === 3 || move === 30))
  const events = await eventsOf(trainer, 40, { every: 5 })
  expect(events.flatMap(event => (event.type === 'rollback' ? event.attempt : []))).toEqual([1, 1])
})

test('learning rates may be left as they are, and what is drawn anew differs', async () => {
  const sound = trainerOf(nonSaturating())
  await eventsOf(sound, 6)
  const fallen = trainerOf(breaking('discriminator', move => move === 5))
  await eventsOf(fallen, 6, { learningRateFactor: 1 })
  expect(fallen.game.players['generator']!.optimizer.scale).toBe(1)
  expect(fallen.rollbacks).toBe(1)
  expect(await hashWeights(fallen.game.networks)).not.toBe(await hashWeights(sound.game.networks))
})

test('a run that fell goes on bit for bit from a snapshot taken since', async () => {
  const breaks = () => breaking('discriminator', move => move === 5)
  const whole = trainerOf(breaks())
  let snapshot: Snapshot | undefined
  const batches = points()
  await whole.fit(batches, {
    steps: 12,
    guard: { every: 4 },
    callbacks: [
      async (event, run) => {
        if (event.type === 'step' && event.step === 9) snapshot = await run.snapshot()
      },
    ],
  })
  const second = trainerOf(nonSaturating())
  restoreSnapshot(second, snapshot!)
  await second.fit(points(8, { from: snapshot!.state.positions['real']!.batch }), { steps: 12 })
  expect(await hashWeights(second.game.networks)).toBe(await hashWeights(whole.game.networks))
  expect(second.game.players['discriminator']!.optimizer.scale).toBe(0.5)
})

test('without a guard nothing is looked at', async () => {
  const trainer = trainerOf(breaking('discriminator', move => move === 1))
  const events = await (async () => {
    const all: TrainerEvent[] = []
    for await (const event of trainer.run(points(), { steps: 3, guard: false })) all.push(event)
    return all
  })()
  expect(told(events)).toEqual(['start 0', 'step 1', 'step 2', 'step 3', 'end 3'])
  expect(trainer.gan.discriminator.weights[0]!.read().dataSync()[0]).toBeNaN()
})

test('falls leave no tensor behind', async () => {
  const trainer = trainerOf(breaking('generator', move => move % 10 === 9))
  const counts = new Set<number>()
  for await (const event of trainer.run(points(), { steps: 40, guard: { every: 6, tries: 9 } }))
    if (event.type === 'step' && event.step > 1) counts.add(tf.memory().numTensors)
  expect(trainer.rollbacks).toBeGreaterThan(2)
  expect(counts.size).toBe(1)
})

test.each([
  [{ every: 0 }, 'guard.every is 0'],
  [{ tries: -1 }, 'guard.tries is -1'],
  [{ learningRateFactor: 0 }, 'guard.learningRateFactor is 0'],
  [{ learningRateFactor: 1.5 }, 'guard.learningRateFactor is 1.5'],
])('%o is refused', async (guard, message) => {
  await expect(trainerOf(nonSaturating()).fit(points(), { steps: 1, guard })).rejects.toThrow(message)
})
