import { expectClose } from '@gankit/testkit'
import { expect, test } from 'vitest'
import { constant, cosine, exponentialDecay, linear, type Schedule, warmUp } from '../../src/index.ts'
import { scheduledValue } from '../../src/optimizers/schedule.ts'
import { createSchedule, type ScheduleSettings } from '../../src/optimizers.ts'
import fixture from '../fixtures/schedules.json' with { type: 'json' }

const values = (schedule: Schedule, updates: readonly number[]) =>
  updates.map(update => scheduledValue(schedule, update))

const inPytorch: Partial<Record<keyof typeof fixture.updates, Schedule>> = {
  'sgd, cosine': cosine(0.3, 0.01, 20),
  'momentum, linear': linear(0.5, 0.05, 12),
  'rmsprop, exponential': exponentialDecay(0.02, 1 / 0.9),
  'adam, exponential after warm-up': warmUp(5, exponentialDecay(0.05, 1 / 0.9)),
}

test.each(Object.entries(inPytorch))(
  'the rates of %s are those of PyTorch over 20 updates',
  async (name, schedule) => {
    const { rates } = fixture.updates[name as keyof typeof fixture.updates]
    expect(rates).toHaveLength(20)
    await expectClose(values(schedule, [...rates.keys()]), rates, 1e-12)
  },
)

test('a constant, a line that ends, and a decay with a floor', async () => {
  expect(values(constant(0.3), [0, 1, 1000])).toEqual([0.3, 0.3, 0.3])
  expect(values(linear(0.5, 0.7, 10), [0, 5, 10, 99])).toEqual([0.5, 0.6, 0.7, 0.7])
  expect(values(exponentialDecay(0.1, 2, 0.02), [0, 1, 2, 9])).toEqual([0.1, 0.05, 0.025, 0.02])
})

test('a cosine is steepest in its middle, and stays where it ends', async () => {
  const half = Math.SQRT1_2 / 2
  const expected = [1, 0.5 + half, 0.5, 0.5 - half, 0, 0, 0]
  await expectClose(values(cosine(1, 0, 8), [0, 2, 4, 6, 8, 9, 16]), expected, 1e-15)
  await expectClose(values(cosine(0.2, 0.6, 2), [0, 1, 2, 3]), [0.2, 0.4, 0.6, 0.6], 1e-15)
})

test('a warm-up rises from 0 while the schedule runs', async () => {
  await expectClose(values(warmUp(4, 0.8), [0, 1, 2, 3, 4, 5]), [0, 0.2, 0.4, 0.6, 0.8, 0.8], 1e-15)
  await expectClose(values(warmUp(2, linear(1, 0, 4)), [0, 1, 2, 3, 4]), [0, 0.375, 0.5, 0.25, 0], 1e-15)
  expect(values(warmUp(0, 0.8), [0, 1])).toEqual([0.8, 0.8])
})

const pairs: [ScheduleSettings, Schedule][] = [
  [0.25, constant(0.25)],
  [{ name: 'constant', from: 0.25 }, constant(0.25)],
  [{ name: 'constant', from: 0.25, warmUp: 3 }, warmUp(3, 0.25)],
  [{ name: 'linear', from: 0.5, to: 0.7, updates: 10 }, linear(0.5, 0.7, 10)],
  [{ name: 'cosine', from: 0.5, to: 0, updates: 10, warmUp: 2 }, warmUp(2, cosine(0.5, 0, 10))],
  [{ name: 'exponential', from: 0.1, factor: 1.5 }, exponentialDecay(0.1, 1.5)],
  [{ name: 'exponential', from: 0.1, factor: 1.5, floor: 0.04 }, exponentialDecay(0.1, 1.5, 0.04)],
]

test.each(pairs)('the settings %j make the schedule that they name, after JSON too', (settings, expected) => {
  const updates = [0, 1, 2, 3, 7, 12]
  expect(values(createSchedule(settings), updates)).toEqual(values(expected, updates))
  expect(values(createSchedule(JSON.parse(JSON.stringify(settings))), updates)).toEqual(
    values(expected, updates),
  )
})

test.each<[() => Schedule, string]>([
  [() => constant(-0.1), 'schedule is -0.1, expected a finite number from 0'],
  [() => constant(Number.NaN), 'schedule is NaN, expected'],
  [() => linear(Number.POSITIVE_INFINITY, 0, 5), 'schedule linear: from is Infinity, expected'],
  [() => linear(0, -1, 5), 'schedule linear: to is -1, expected a finite number from 0'],
  [() => linear(0, 1, 0), 'schedule linear: updates is 0, expected a whole number of at least 1'],
  [() => cosine(0, 1, 2.5), 'schedule cosine: updates is 2.5, expected a whole number of at least 1'],
  [() => cosine(-1, 1, 2), 'schedule cosine: from is -1'],
  [() => exponentialDecay(1, 0.9), 'schedule exponential: factor is 0.9, expected a finite number from 1'],
  [
    () => exponentialDecay(0.1, 2, 0.2),
    'schedule exponential: floor is 0.2, expected a finite number from 0 to 0.1',
  ],
  [() => warmUp(-1, 0.1), 'schedule: warmUp is -1, expected a whole number of at least 0'],
  [() => createSchedule(-1), 'schedule is -1, expected'],
  [() => createSchedule({ name: 'linear', from: 1 } as never), 'schedule linear: to is undefined'],
  [
    () => createSchedule({ name: 'steps' } as never),
    "schedule is 'steps', expected one of constant, linear, cosine, exponential",
  ],
])('%s is refused', (make, message) => {
  expect(make).toThrow(message)
})
