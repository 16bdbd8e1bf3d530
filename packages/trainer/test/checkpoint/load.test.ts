import { expect, test } from 'vitest'
import { encodeCheckpoint } from '../../src/checkpoints.ts'
import { type CheckpointStore, loadCheckpoint, memoryStore, saveCheckpoint } from '../../src/index.ts'
import { failureOf } from '../node/scratch.ts'
import { snapshotOf } from './snapshot-of.ts'

const stored = async (...steps: number[]): Promise<CheckpointStore> => {
  const store = memoryStore()
  for (const step of steps) await store.write(step, await encodeCheckpoint(snapshotOf(step)))
  return store
}
const damage = async (store: CheckpointStore, step: number, name = 'arrays.safetensors') => {
  const files = await store.read(step)
  files.get(name)![9]! ^= 1
  await store.write(step, files)
}

test('the newest is read, or the one that is asked for', async () => {
  const store = await stored(100, 300, 200)
  await saveCheckpoint(store, snapshotOf(400), { config: { a: 1 }, keep: { last: 9 } })
  expect(await loadCheckpoint(store)).toEqual({ snapshot: snapshotOf(400), config: { a: 1 } })
  expect((await loadCheckpoint(store, { step: 200 })).snapshot).toEqual(snapshotOf(200))
  expect(await failureOf(loadCheckpoint(store, { step: 250 }))).toBe(
    '[gankit/trainer] checkpoint 250 is not there, expected one of step 100, 200, 300, 400: choose another step',
  )
})

test('damaged ones are told, the newest first, and the one before them is read', async () => {
  const store = await stored(100, 200, 300)
  await damage(store, 300)
  await damage(store, 200, 'state.json')
  const told: string[] = []
  const { snapshot } = await loadCheckpoint(store, { onDamaged: ({ message }) => told.push(message) })
  expect(snapshot).toEqual(snapshotOf(100))
  expect(told).toEqual([
    expect.stringContaining('checkpoint 300/arrays.safetensors has SHA-256'),
    expect.stringContaining('checkpoint 200/state.json has SHA-256'),
  ])
})

test('one that is asked for is not replaced by another', async () => {
  const store = await stored(100, 200)
  await damage(store, 200)
  expect(await failureOf(loadCheckpoint(store, { step: 200 }))).toContain('the checkpoint is damaged')
})

test('when none can be used, all are named with the reason; when there is none, that is said', async () => {
  const store = await stored(100, 200)
  for (const step of [100, 200]) await damage(store, step)
  const said = await failureOf(
    loadCheckpoint(store, { onDamaged: () => expect.fail('they are in the error') }),
  )
  expect(said).toMatch(/^\[gankit\/trainer\] none of 2 checkpoints can be used, expected a whole one: start/)
  expect(said).toMatch(/\(checkpoint 200\/arrays\S+ has .+; checkpoint 100\/arrays\S+ has .+\)$/)
  expect(await failureOf(loadCheckpoint(memoryStore()))).toContain('the run holds no checkpoint')
})

test('one of a newer gankit is not passed over', async () => {
  const store = await stored(100, 200)
  const files = await store.read(200)
  const manifest = new TextDecoder()
    .decode(files.get('manifest.json'))
    .replace('"version": 1', '"version": 2')
  await store.write(200, files.set('manifest.json', new TextEncoder().encode(manifest)))
  expect(await failureOf(loadCheckpoint(store))).toContain('checkpoint 200/manifest.json has version 2')
  expect((await loadCheckpoint(store, { step: 100 })).snapshot).toEqual(snapshotOf(100))
})

test('one that was put in the place of another is told', async () => {
  const store = await stored(100)
  await store.write(200, await store.read(100))
  const told: string[] = []
  const { snapshot } = await loadCheckpoint(store, { onDamaged: ({ message }) => told.push(message) })
  expect(snapshot).toEqual(snapshotOf(100))
  expect(told).toEqual([expect.stringContaining('is of step 100, expected 200 by its place')])
})
