import type { Batches } from '@gankit/core'
import { nonSaturating } from '@gankit/losses'
import { expect, test } from 'vitest'
import {
  createGanTrainer,
  type GanTrainerOptions,
  hashWeights,
  type StepEvent,
  type TrainerEvent,
} from '../src/index.ts'
import { points, tinyGan } from './tiny-gan.ts'

const trainerOf = (options: Partial<GanTrainerOptions> = {}) =>
  createGanTrainer({ gan: tinyGan(), objective: nonSaturating(), seed: 1, ...options })

/** Batches of 8 points, five an epoch. */
function epochs(): Batches {
  const inner = points()
  return {
    perEpoch: 5,
    next: () => inner.next(),
    position() {
      const { batch } = inner.position()
      return { epoch: Math.floor(batch / 5), batch: batch % 5 }
    },
    [Symbol.asyncIterator]() {
      return this
    },
  }
}

test.each([
  [{ steps: 7 }, 7],
  [{ samplesSeen: 50 }, 7],
  [{ epochs: 2 }, 10],
  [{ epochs: 9, steps: 6 }, 6],
  [{ until: ({ step }: StepEvent) => step === 4 }, 4],
  [{ until: async (event: StepEvent) => Number.isFinite((await event.read())['discriminator/loss']) }, 1],
  [{ steps: 0 }, 0],
])('a run with the limit %o takes %i steps', async (limits, steps) => {
  const end = await trainerOf().fit(epochs(), limits)
  expect(end).toMatchObject({ reason: 'done', step: steps, samplesSeen: 8 * steps })
})

test('the step at which a run will end is known from the second on, whatever counts', async () => {
  for (const [limits, known] of [
    [{ samplesSeen: 100 }, 13],
    [{ epochs: 3 }, 15],
  ] as const) {
    const steps: (number | undefined)[] = []
    for await (const event of trainerOf().run(epochs(), limits))
      if (event.type === 'start' || event.type === 'step') steps.push(event.steps)
    expect(steps[0]).toBeUndefined()
    expect(new Set(steps.slice(1))).toEqual(new Set([known]))
  }
})

test('a limit counts from the first step, also in a second run', async () => {
  const trainer = trainerOf()
  const batches = epochs()
  await trainer.fit(batches, { samplesSeen: 24 })
  expect(await trainer.fit(batches, { samplesSeen: 40 })).toMatchObject({
    step: 5,
    samplesSeen: 40,
    trained: 16,
  })
})

test.each([
  [{}, 'a run got no end, expected steps, epochs, samplesSeen or until'],
  [{ steps: -1 }, 'steps is -1'],
  [{ epochs: 0.5 }, 'epochs is 0.5'],
])('a run with %o is refused', async (limits, message) => {
  await expect(trainerOf().fit(points(), limits)).rejects.toThrow(message)
})

test('a run that is paused stands, can be looked at, and goes on as if nothing had been', async () => {
  const straight = trainerOf()
  await straight.fit(points(), { steps: 20 })
  const trainer = trainerOf()
  let paused: Promise<void> | undefined
  const run = trainer.fit(points(), {
    steps: 20,
    callbacks: [
      event => {
        if (event.type === 'step' && event.step === 8) paused = trainer.pause()
      },
    ],
  })
  while (!paused) await new Promise(resolve => setTimeout(resolve, 1))
  await paused
  const hash = await hashWeights(trainer.game.networks)
  await new Promise(resolve => setTimeout(resolve, 50))
  expect(trainer.step).toBe(8)
  expect(await hashWeights(trainer.game.networks)).toBe(hash)
  trainer.resume()
  expect(await run).toMatchObject({ reason: 'done', step: 20 })
  expect(await hashWeights(trainer.game.networks)).toBe(await hashWeights(straight.game.networks))
})

test('a run that is paused can be aborted', async () => {
  const controller = new AbortController()
  const trainer = trainerOf()
  void trainer.pause().then(() => controller.abort())
  expect(await trainer.fit(points(), { steps: 5, signal: controller.signal })).toMatchObject({
    reason: 'aborted',
    step: 0,
  })
})

test('a callback may stop the run, tell of itself, and have the state', async () => {
  const events: TrainerEvent[] = []
  const end = await trainerOf().fit(points(), {
    steps: 100,
    callbacks: [
      async (event, run) => {
        if (event.type !== 'step' || event.step !== 3) return
        run.emit({ type: 'warning', step: event.step, message: 'the disk is nearly full' })
        expect((await run.snapshot()).state).toMatchObject({ step: 3, samplesSeen: 24 })
        run.stop('that is enough')
      },
      event => void events.push(event),
    ],
  })
  expect(end).toMatchObject({ reason: 'stopped', why: 'that is enough', step: 3 })
  expect(events.map(({ type, step }) => `${type} ${step}`)).toEqual([
    ...['start 0', 'step 1', 'step 2', 'step 3', 'warning 3', 'end 3'],
  ])
})

test('D is updated alone at first: G stays bit for bit, and its scalars are NaN', async () => {
  const trainer = trainerOf({ warmUpDiscriminator: 3, discriminatorSteps: 2 })
  const before = trainer.gan.generator.weights.map(weight => Array.from(weight.read().dataSync()))
  for await (const event of trainer.run(points(), { steps: 4 })) {
    if (event.type !== 'step') continue
    const values = await event.read()
    const [lossD, gradientD] = [values['discriminator/loss'], values['discriminator/gradient']]
    const [lossG, gradientG] = [values['generator/loss'], values['generator/gradient']]
    expect([lossD, gradientD].every(Number.isFinite)).toBe(true)
    expect([lossG, gradientG].every(value => Number.isNaN(value))).toBe(event.step <= 3)
    const now = trainer.gan.generator.weights.map(weight => Array.from(weight.read().dataSync()))
    if (event.step <= 3) expect(now).toEqual(before)
    else expect(now).not.toEqual(before)
  }
  expect(trainer.game.players['generator']!.optimizer.updates).toBe(1)
  expect(trainer.game.players['discriminator']!.optimizer.updates).toBe(8)
})

test.each([
  [{ warmUpDiscriminator: -1 }, 'warmUpDiscriminator is -1'],
  [{ clipNorm: { generator: 0 } }, 'clipNorm.generator is 0'],
])('options %o are refused', (options, message) => {
  expect(() => trainerOf(options)).toThrow(message)
})
