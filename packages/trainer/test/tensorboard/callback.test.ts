import { expect, test } from 'vitest'
import { type RunContext, type TrainerEvent, tensorboard } from '../../src/index.ts'
import { gameScalars } from '../game-scalars.ts'
import { end, step, tagged, values, written } from './written.ts'

const start = { type: 'start', step: 0, scalars: gameScalars } as const
const version = { wallTime: 2.5, step: 0, version: 'brain.Event:2' }

test('scalars every n-th step and at the end, and the rate from one to the next', async () => {
  const slow = step(4, { seconds: 2.5 })
  const events = [
    { type: 'start', step: 0, scalars: gameScalars } as const,
    step(1),
    step(2),
    step(3),
    slow,
    end(5, { seconds: 3 }),
  ]
  expect(await written(events, { every: 2 })).toEqual([
    version,
    { wallTime: 2.5, step: 2, values: { ...tagged, 'speed/samples-per-second': 32 } },
    { wallTime: 2.5, step: 4, values: { ...tagged, 'speed/samples-per-second': 8 } },
    { wallTime: 2.5, step: 5, values: { ...tagged, 'speed/samples-per-second': 16 } },
  ])
  expect((await written([step(49), step(50), step(51), end(100)])).map(({ step }) => step)).toEqual([0, 50])
})

test('a scalar that is NaN is left out, a rate of one point too', async () => {
  const withoutG = async () => ({
    ...values,
    'generator/loss': Number.NaN,
    'generator/gradient': Number.NaN,
    'discriminator/loss': Infinity,
  })
  const [, shown] = await written([start, step(1, { read: withoutG })], { every: 1 })
  expect(shown!.values).toEqual({
    'loss/D': Infinity,
    'D(x)/real': 0.75,
    'D(x)/fake': 0.25,
    'gradient/D': 1.5,
  })
})

test('scalars are read for points alone', async () => {
  let reads = 0
  const read = async () => {
    reads++
    return values
  }
  await written(
    [1, 2, 3, 4, 5, 6].map(n => step(n, { read })),
    { every: 3 },
  )
  expect(reads).toBe(2)
})

test('a resumed run and one that fell back begin a session behind the step that holds', async () => {
  const events: TrainerEvent[] = [
    { type: 'start', step: 40, scalars: gameScalars },
    step(41),
    step(42),
    {
      type: 'rollback',
      step: 43,
      to: 41,
      player: 'generator',
      cause: 'loss',
      attempt: 1,
      tries: 3,
      learningRateScale: 0.5,
    },
    step(42, { replayed: true, seconds: 11 }),
  ]
  const { 'speed/samples-per-second': _, ...rest } = tagged
  expect(await written(events, { every: 2 })).toEqual([
    version,
    { wallTime: 2.5, step: 41, sessionStatus: 1 },
    { wallTime: 2.5, step: 42, values: { ...tagged, 'speed/samples-per-second': 32 } },
    { wallTime: 2.5, step: 42, sessionStatus: 1 },
    // Images went back with the run, so there is no rate yet.
    { wallTime: 2.5, step: 42, values: rest },
  ])
})

test('a run that failed, or took no step, has no points at its end', async () => {
  const failed = end(3, { reason: 'failed' })
  expect(await written([{ type: 'start', step: 0, scalars: gameScalars }, step(1), failed])).toEqual([
    version,
  ])
  expect(await written([{ type: 'start', step: 7, scalars: gameScalars }, end(7, { trained: 0 })])).toEqual([
    version,
    { wallTime: 2.5, step: 8, sessionStatus: 1 },
  ])
})

test('findings and warnings are text', async () => {
  const [, ...texts] = await written([
    { type: 'finding', step: 6, name: 'oscillation', evidence: 'the losses swing', advice: 'try less' },
    { type: 'warning', step: 8, message: 'no space left' },
  ])
  expect(texts).toEqual([
    { wallTime: 2.5, step: 6, values: { 'finding/oscillation': 'the losses swing\n\ntry less' } },
    { wallTime: 2.5, step: 8, values: { warning: 'no space left' } },
  ])
})

test('waits for what is written, and passes on its failure', async () => {
  const callback = tensorboard({ write: () => Promise.reject(new Error('full')) })
  await expect(callback({ type: 'start', step: 0, scalars: gameScalars }, {} as RunContext)).rejects.toThrow(
    'full',
  )
})

test.each([
  [{ every: 0 }, 'every is 0, expected a whole number of at least 1'],
  [{ histogramEvery: 1.5 }, 'histogramEvery is 1.5, expected a whole number of at least 0'],
  [
    { images: { every: -1, draw: () => Promise.reject(new Error()) } },
    'images.every is -1, expected a whole number of at least 1',
  ],
])('%o is refused', (options, message) => {
  expect(() => tensorboard({ write: () => {}, ...options })).toThrow(message)
})
