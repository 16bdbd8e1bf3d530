import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, renameSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { nonSaturating } from '@gankit/losses'
import { expect, test } from 'vitest'
import { createTrainer, hashWeights, restoreSnapshot, type Snapshot, takeSnapshot } from '../../src/index.ts'
import { readCheckpoint, writeCheckpoint } from '../../src/node.ts'
import { points, tinyGan } from '../tiny-gan.ts'
import { failureOf, scratch, tree } from './scratch.ts'

const snapshot = (step: number): Snapshot => ({
  state: {
    version: 1,
    step,
    images: 64 * step,
    position: { epoch: 2, batch: 7 },
    updates: { generator: step, discriminator: 2 * step },
  },
  arrays: new Map([
    ['generator/dense_1/kernel', { shape: [2, 1], data: Float32Array.of(step, -0) }],
    ['optimizer/generator/m/größe', { shape: [], data: Float32Array.of(Number.NaN) }],
  ]),
})

test('what was written is read', async () => {
  const run = scratch()
  await writeCheckpoint(run, snapshot(500))
  expect(tree(run)).toEqual([
    'checkpoints',
    'checkpoints/000500',
    'checkpoints/000500/arrays.safetensors',
    'checkpoints/000500/state.json',
  ])
  expect(await readCheckpoint(run)).toEqual(snapshot(500))
})

test('a trainer goes on from a disk as if it had never stopped', async () => {
  const trainerOf = () =>
    createTrainer({
      gan: tinyGan({ discriminatorNorm: true, dropout: 0.3 }),
      objective: nonSaturating(),
      seed: 4,
      averageDecay: 0.9,
    })
  const uninterrupted = trainerOf()
  await uninterrupted.fit(points(), { steps: 8 })
  const run = scratch()
  const first = trainerOf()
  const batches = points()
  await first.fit(batches, { steps: 5 })
  await writeCheckpoint(run, await takeSnapshot(first, batches))
  const second = trainerOf()
  const read = await readCheckpoint(run)
  restoreSnapshot(second, read)
  await second.fit(points(8, { from: read.state.position.batch }), { steps: 8 })
  expect(await hashWeights(second.gan)).toBe(await hashWeights(uninterrupted.gan))
})

test('the newest is read, and the earlier ones go when it stands', async () => {
  const run = scratch()
  const folder = join(run, 'checkpoints')
  for (const step of [999_999, 1_000_000]) {
    await writeCheckpoint(run, snapshot(step))
    renameSync(join(folder, String(step)), join(run, String(step)))
  }
  for (const step of ['999999', '1000000']) renameSync(join(run, step), join(folder, step))
  expect((await readCheckpoint(run)).state.step).toBe(1_000_000)
  await writeCheckpoint(run, snapshot(1_000_500))
  expect(tree(folder).filter(name => !name.includes('/'))).toEqual(['1000500'])
})

test('what killed processes left is passed over, then cleaned up; other files stay', async () => {
  const run = scratch()
  const folder = join(run, 'checkpoints')
  await writeCheckpoint(run, snapshot(500))
  for (const name of ['.000600.part', '.000500.old', 'notes']) mkdirSync(join(folder, name))
  expect(await readCheckpoint(run)).toEqual(snapshot(500))
  await writeCheckpoint(run, snapshot(700))
  expect(tree(folder).filter(name => !name.includes('/'))).toEqual(['000700', 'notes'])
})

test('killed while one was replaced by another of its step, the earlier one is read', async () => {
  const run = scratch()
  const folder = join(run, 'checkpoints')
  await writeCheckpoint(run, snapshot(500))
  renameSync(join(folder, '000500'), join(folder, '.000500.old'))
  mkdirSync(join(folder, '.000500.part'))
  expect(await readCheckpoint(run)).toEqual(snapshot(500))
  expect(tree(folder)).toContain('.000500.old')
  await writeCheckpoint(run, snapshot(500))
  expect(tree(folder).filter(name => !name.includes('/'))).toEqual(['000500'])
})

test('a run without checkpoints says so', async () => {
  const run = scratch()
  const folder = join(run, 'checkpoints')
  expect(await failureOf(readCheckpoint(run))).toContain(`could not read ${folder}: there is no such file`)
  mkdirSync(folder)
  expect(await failureOf(readCheckpoint(run))).toContain(`${folder} holds no checkpoint`)
})

const json = (change: (state: Record<string, unknown>) => void) => (path: string) => {
  const state = JSON.parse(readFileSync(path, 'utf8'))
  change(state)
  writeFileSync(path, JSON.stringify(state))
}

test.each<[string, string, (path: string) => void, string]>([
  ['arrays that are gone', 'arrays.safetensors', path => rmSync(path), 'there is no such file'],
  [
    'arrays cut short',
    'arrays.safetensors',
    path => truncateSync(path, 200),
    'has 200 bytes where its header',
  ],
  [
    'arrays cut in the header',
    'arrays.safetensors',
    path => truncateSync(path, 20),
    'ends inside its header',
  ],
  ['empty arrays', 'arrays.safetensors', path => truncateSync(path, 0), 'has 0 bytes'],
  [
    'one flipped bit',
    'arrays.safetensors',
    path => {
      const bytes = readFileSync(path)
      bytes[bytes.length - 3]! ^= 1
      writeFileSync(path, bytes)
    },
    'the checkpoint is damaged',
  ],
  ['a state that is gone', 'state.json', path => rmSync(path), 'there is no such file'],
  ['a state cut short', 'state.json', path => truncateSync(path, 30), 'is not JSON'],
  ['a state that is null', 'state.json', path => writeFileSync(path, 'null'), 'has version undefined'],
  [
    'a state of a later version',
    'state.json',
    json(state => (state['version'] = 2)),
    'has version 2, expected 1',
  ],
  ['a state without a position', 'state.json', json(state => delete state['position']), 'has position.epoch'],
  ['a state of a negative step', 'state.json', json(state => (state['step'] = -1)), 'has step -1, expected'],
  [
    'a state whose updates are text',
    'state.json',
    json(state => (state['updates'] = 'x')),
    'updates.generator',
  ],
])('%s: the file is named', async (_, name, damage, message) => {
  const run = scratch()
  await writeCheckpoint(run, snapshot(500))
  const path = join(run, 'checkpoints', '000500', name)
  damage(path)
  const said = await failureOf(readCheckpoint(run))
  expect(said).toContain(path)
  expect(said).toContain(message)
})

test('the state names the SHA-256 of the arrays', async () => {
  const run = scratch()
  await writeCheckpoint(run, snapshot(500))
  const read = (name: string) => readFileSync(join(run, 'checkpoints', '000500', name))
  const sum = createHash('sha256').update(read('arrays.safetensors')).digest('hex')
  expect(JSON.parse(read('state.json').toString()).arraysSha256).toBe(sum)
})
