import { nonSaturating } from '@gankit/losses'
import * as tf from '@tensorflow/tfjs'
import { expect, test, vi } from 'vitest'
import {
  type Callback,
  checkpoints,
  createGanTrainer,
  hashWeights,
  loadCheckpoint,
  memoryStore,
  type RunOptions,
  restoreSnapshot,
  type SteeringWishes,
  steering,
  type Trainer,
  type TrainerEvent,
} from '../../src/index.ts'
import { points, tinyGan } from '../tiny-gan.ts'

const trainerOf = () =>
  createGanTrainer({ gan: tinyGan({ dropout: 0.3 }), objective: nonSaturating(), seed: 4, averageDecay: 0.9 })

/** Wishes that a test changes, and the callback that carries them out. */
function createWheel() {
  let wishes: SteeringWishes = { paused: false, checkpoints: 0, stop: false }
  const tell: (() => void)[] = []
  const callback = steering({
    wanted: () => wishes,
    changed: () => new Promise<void>(resolve => tell.push(resolve)),
  })
  return {
    callback,
    wish(changes: Partial<SteeringWishes>) {
      wishes = { ...wishes, ...changes }
      for (const each of tell.splice(0)) each()
    },
  }
}

/** Changes wishes after steps. */
const at =
  (
    wheel: ReturnType<typeof createWheel>,
    changes: Readonly<Record<number, Partial<SteeringWishes>>>,
  ): Callback =>
  ({ type, step }) => {
    if (type === 'step' && changes[step]) wheel.wish(changes[step])
  }

async function train(trainer: Trainer, options: RunOptions, batches = points()): Promise<TrainerEvent[]> {
  const events: TrainerEvent[] = []
  for await (const event of trainer.run(batches, options)) events.push(event)
  return events
}

const hash = (trainer: Trainer) => hashWeights(trainer.game.networks)
const told = (events: readonly TrainerEvent[]) =>
  events.flatMap(event =>
    event.type === 'steered'
      ? `${event.step} ${event.paused ? 'stands' : 'goes'} ×${event.learningRateScale}${event.checkpoint ? ' checkpoint' : ''}`
      : event.type === 'checkpoint' || event.type === 'end'
        ? `${event.type} ${event.step}`
        : [],
  )

test('a run that stands takes no step, and pausing changes no weight', async () => {
  const straight = trainerOf()
  await straight.fit(points(), { steps: 12 })
  const trainer = trainerOf()
  const wheel = createWheel()
  const events: TrainerEvent[] = []
  const run = train(trainer, {
    steps: 12,
    callbacks: [wheel.callback, at(wheel, { 4: { paused: true } }), event => void events.push(event)],
  })
  while (!events.some(({ type }) => type === 'steered')) await tf.nextFrame()
  const weights = await hash(trainer)
  for (let i = 0; i < 20; i++) await tf.nextFrame()
  expect(trainer.step).toBe(5)
  expect(await hash(trainer)).toBe(weights)
  wheel.wish({ paused: false })
  expect(told(await run)).toEqual(['5 stands ×1', '5 goes ×1', 'end 12'])
  expect(await hash(trainer)).toBe(await hash(straight))
})

test('what is asked for while it stands is done there: a checkpoint, learning rates, the end', async () => {
  const wheel = createWheel()
  const store = memoryStore()
  const events: TrainerEvent[] = []
  const seen = async (text: string) => {
    while (!told(events).includes(text)) await tf.nextFrame()
  }
  const trainer = trainerOf()
  const run = train(trainer, {
    steps: 12,
    callbacks: [
      at(wheel, { 3: { paused: true } }),
      wheel.callback,
      checkpoints({ store, every: 100 }),
      event => void events.push(event),
    ],
  })
  await seen('3 stands ×1')
  wheel.wish({ checkpoints: 1 })
  await seen('checkpoint 3')
  expect((await loadCheckpoint(store)).snapshot.state).not.toHaveProperty('steeringScale')
  wheel.wish({ learningRateScale: 0.25 })
  await seen('3 stands ×0.25 checkpoint')
  while (told(events).filter(text => text === 'checkpoint 3').length < 2) await tf.nextFrame()
  // It is of the same step, and knows what has changed since.
  expect((await loadCheckpoint(store)).snapshot.state).toMatchObject({ step: 3, steeringScale: 0.25 })
  wheel.wish({ stop: true })
  const why = 'it was asked to stop'
  expect((await run).at(-1)).toMatchObject({ type: 'end', reason: 'stopped', why, step: 3 })
})

test('learning rates are scaled from the next step on, as if the optimizers had been made so', async () => {
  const expected = trainerOf()
  await expected.fit(points(), { steps: 6 })
  for (const { optimizer } of Object.values(expected.game.players)) optimizer.scale = 0.3
  await expected.fit(points(8, { from: 6 }), { steps: 14 })

  const trainer = trainerOf()
  const wheel = createWheel()
  const changes = at(wheel, { 6: { learningRateScale: 0.3 } })
  const events = await train(trainer, { steps: 14, callbacks: [changes, wheel.callback] })
  expect(told(events)).toEqual(['6 goes ×0.3 checkpoint', 'end 14'])
  expect(await hash(trainer)).toBe(await hash(expected))
})

test('a run that is killed after its learning rates changed goes on with them bit for bit', async () => {
  // The checkpoint that comes with the change is of a step of which there is one already.
  const changes = { 6: { learningRateScale: 0.3 }, 9: { learningRateScale: 1.7 } }
  const wheel = createWheel()
  const store = memoryStore()
  const whole = trainerOf()
  await whole.fit(points(), {
    steps: 14,
    callbacks: [at(wheel, changes), checkpoints({ store, every: 3, keep: { last: 9 } }), wheel.callback],
  })
  expect(await store.list()).toEqual([3, 6, 9, 12, 14])
  for (const [step, scale] of [
    [9, 1.7],
    [12, 1.7],
  ] as const) {
    const { snapshot } = await loadCheckpoint(store, { step })
    const trainer = trainerOf()
    restoreSnapshot(trainer, snapshot)
    const again = createWheel()
    const events = await train(
      trainer,
      { steps: 14, callbacks: [again.callback] },
      points(8, { from: snapshot.state.positions['real']!.batch }),
    )
    expect(events[0]).toMatchObject({ type: 'start', step, learningRateScale: scale })
    expect(told(events)).toEqual(['end 14'])
    expect(await hash(trainer), `from step ${step}`).toBe(await hash(whole))
  }
})

test("the guard's factor stays beside that of a person, through a rollback, a checkpoint and a change back", async () => {
  const sound = nonSaturating()
  let updates = 0
  const objective = {
    ...sound,
    generator: (fake: tf.Tensor) =>
      (updates++ === 7 ? tf.mul(sound.generator(fake), Number.NaN) : sound.generator(fake)) as tf.Scalar,
  }
  const trainer = createGanTrainer({ gan: tinyGan(), objective, seed: 1 })
  const wheel = createWheel()
  const store = memoryStore()
  const scales: [step: number, scale: number][] = []
  const follow: Callback = ({ type, step }) => {
    if (type === 'step') scales.push([step, trainer.game.players['generator']!.optimizer.scale])
  }
  const events = await train(trainer, {
    steps: 12,
    guard: { every: 4 },
    callbacks: [
      follow,
      at(wheel, { 6: { learningRateScale: 0.2 }, 11: { learningRateScale: 1 } }),
      wheel.callback,
      checkpoints({ store, every: 100 }),
    ],
  })
  expect(events.find(({ type }) => type === 'rollback')).toMatchObject({
    step: 7,
    to: 6,
    learningRateScale: 0.1,
  })
  expect(scales.filter(([step]) => step >= 6)).toEqual([
    ...[[6, 1] as const, [7, 0.2] as const],
    ...[[7, 0.1] as const, [8, 0.1], [9, 0.1], [10, 0.1], [11, 0.1], [12, 0.5]],
  ])
  const { state } = (await loadCheckpoint(store)).snapshot
  expect(state.learningRateScale).toBe(0.5)
  expect(state).not.toHaveProperty('steeringScale')
})

test('the end is not put off, and a wait of a run that was broken off does nothing to the next', async () => {
  const trainer = trainerOf()
  const wheel = createWheel()
  const controller = new AbortController()
  const callbacks = [
    at(wheel, { 2: { paused: true } }),
    wheel.callback,
    ((event: TrainerEvent) => {
      if (event.type === 'steered' && event.paused) controller.abort()
    }) as Callback,
  ]
  const batches = points()
  const end = await trainer.fit(batches, { steps: 9, signal: controller.signal, callbacks })
  expect(end).toMatchObject({ reason: 'aborted', step: 2 })
  wheel.wish({ paused: false, learningRateScale: 3 })
  await tf.nextFrame()
  expect(trainer.learningRateScales.steering).toBe(1)
  wheel.wish({ learningRateScale: 1 })
  expect(await trainer.fit(batches, { steps: 5, callbacks })).toMatchObject({ reason: 'done', step: 5 })
})

test('standing is no time of training', async () => {
  const wheel = createWheel()
  let clock = 0
  const now = vi.spyOn(performance, 'now').mockImplementation(() => clock)
  const end = await trainerOf()
    .fit(points(), {
      steps: 3,
      callbacks: [
        ({ type }) => {
          // Too little for the run to let the host have a turn, in which the minute would pass before the run stands.
          if (type === 'step') clock += 1
        },
        at(wheel, { 1: { paused: true } }),
        wheel.callback,
        event => {
          if (event.type !== 'steered' || !event.paused) return
          setTimeout(() => {
            clock += 60_000
            wheel.wish({ paused: false })
          })
        },
      ],
    })
    .finally(() => now.mockRestore())
  expect(end.seconds).toBe(0.003)
})

test('a factor that no learning rate can have ends the run', async () => {
  const wheel = createWheel()
  const callbacks = [at(wheel, { 1: { learningRateScale: 0 } }), wheel.callback]
  await expect(trainerOf().fit(points(), { steps: 3, callbacks })).rejects.toThrow(
    'learningRateScale is 0, expected a finite number above 0',
  )
})
