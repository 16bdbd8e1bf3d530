import { GankitError } from '@gankit/core'
import fc from 'fast-check'
import { expect, test, vi } from 'vitest'
import { listExpired } from '../../src/checkpoint/retention.ts'
import {
  type CheckpointStore,
  loadCheckpoint,
  memoryStore,
  type RetentionPolicy,
  saveCheckpoint,
} from '../../src/index.ts'
import { failureOf } from '../node/scratch.ts'
import { snapshotOf } from './snapshot-of.ts'

const best = (step: number) => ({ metric: 'fid', value: 1, step })

test.each<[string, RetentionPolicy | undefined, number | undefined, number[]]>([
  ['the last two by default', undefined, undefined, [500, 600]],
  ['the last four', { last: 4 }, undefined, [300, 400, 500, 600]],
  ['the best too', { last: 1 }, 200, [200, 600]],
  ['the best not, if it is not wanted', { last: 1, best: false }, 200, [600]],
  ['every third', { last: 1, every: 300 }, 100, [100, 300, 600]],
])('what stays: %s', async (_, keep, bestStep, left) => {
  const store = memoryStore()
  for (const step of [100, 200, 300, 400, 500, 600])
    await saveCheckpoint(store, snapshotOf(step), {
      ...(keep && { keep }),
      ...(bestStep !== undefined && bestStep <= step && { best: best(bestStep) }),
    })
  expect(await store.list()).toEqual(left)
})

test('whatever is kept, the new one and the last ones before it stay, and none of a later step', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.nat(1000), { minLength: 1, maxLength: 12 }),
      fc.nat(1000),
      fc.record(
        { last: fc.integer({ min: 1, max: 5 }), best: fc.boolean(), every: fc.integer({ min: 1, max: 300 }) },
        { requiredKeys: [] },
      ),
      (steps, bestStep, keep) => {
        const step = steps[0]!
        const gone = new Set(listExpired(steps, step, bestStep, keep as RetentionPolicy))
        const left = steps.filter(each => !gone.has(each))
        const sofar = steps.filter(each => each <= step).sort((a, b) => b - a)
        expect(left).toContain(step)
        for (const each of sofar.slice(0, keep.last ?? 2)) expect(left).toContain(each)
        expect(Math.max(...left)).toBe(step)
        if (keep.best !== false && sofar.includes(bestStep)) expect(left).toContain(bestStep)
        for (const each of sofar) if (keep.every && each % keep.every === 0) expect(left).toContain(each)
      },
    ),
  )
})

test('a run that went back leads nobody to the steps that it has left', async () => {
  const store = memoryStore()
  for (const step of [100, 200, 300]) await saveCheckpoint(store, snapshotOf(step))
  await saveCheckpoint(store, snapshotOf(250))
  expect(await store.list()).toEqual([200, 250])
  expect((await loadCheckpoint(store)).snapshot).toEqual(snapshotOf(250))
})

test('a clock that jumps back does not matter', async () => {
  const store = memoryStore()
  let now = 1e12
  const clock = vi.spyOn(Date, 'now').mockImplementation(() => (now -= 1e9))
  try {
    for (const step of [100, 200, 300]) await saveCheckpoint(store, snapshotOf(step))
    expect(await store.list()).toEqual([200, 300])
    expect((await loadCheckpoint(store)).snapshot.state.step).toBe(300)
  } finally {
    clock.mockRestore()
  }
})

const failing = (methods: Partial<CheckpointStore>): CheckpointStore => ({ ...memoryStore(), ...methods })
const failure = () => Promise.reject(new GankitError('trainer', 'file', 'no'))

test('one that can not be removed is told, and the others go', async () => {
  const memory = memoryStore()
  const store = { ...memory, remove: (step: number) => (step === 100 ? failure() : memory.remove(step)) }
  const told: string[] = []
  for (const step of [100, 200, 300, 400])
    await saveCheckpoint(store, snapshotOf(step), { onNotRemoved: ({ message }) => told.push(message) })
  expect(told).toEqual(['[gankit/trainer] no', '[gankit/trainer] no'])
  expect(await store.list()).toEqual([100, 300, 400])
  await saveCheckpoint(failing({ list: failure }), snapshotOf(1))
})

test('when it can not be written nothing is removed', async () => {
  const store = failing({ write: failure, list: async () => [1, 2, 3], remove: () => expect.fail('removed') })
  expect(await failureOf(saveCheckpoint(store, snapshotOf(4)))).toBe('[gankit/trainer] no')
})

test('options out of range are refused before anything is written', async () => {
  const store = failing({ write: () => expect.fail('written') })
  const withKeep = (keep: RetentionPolicy) => failureOf(saveCheckpoint(store, snapshotOf(4), { keep }))
  expect(await withKeep({ last: 0 })).toContain('keep.last is 0, expected a whole number of at least 1')
  expect(await withKeep({ every: 1.5 })).toContain('keep.every is 1.5, expected a whole number of at least 1')
})
