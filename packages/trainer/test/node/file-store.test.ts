import {
  chmodSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { encodeCheckpoint } from '../../src/checkpoints.ts'
import { loadCheckpoint, saveCheckpoint } from '../../src/index.ts'
import { fileStore } from '../../src/node.ts'
import { snapshotOf } from '../checkpoint/snapshot-of.ts'
import { failureOf, scratch, tree } from './scratch.ts'

const isRoot = process.getuid?.() === 0
const files = (step: number, images?: number) => encodeCheckpoint(snapshotOf(step, images))
const foldersIn = (run: string) => tree(join(run, 'checkpoints')).filter(name => !name.includes('/'))

test('a checkpoint is a folder of three files', async () => {
  const run = scratch()
  await saveCheckpoint(fileStore(run), snapshotOf(500))
  expect(tree(run)).toEqual([
    'checkpoints',
    'checkpoints/000500',
    'checkpoints/000500/arrays.safetensors',
    'checkpoints/000500/manifest.json',
    'checkpoints/000500/state.json',
  ])
  expect((await loadCheckpoint(fileStore(run))).snapshot).toEqual(snapshotOf(500))
})

test('what killed processes left is passed over, then cleaned up', async () => {
  const run = scratch()
  const store = fileStore(run)
  for (const step of [400, 500]) await store.write(step, await files(step))
  for (const name of ['.000600.part', '.000300.gone', '.000500.old'])
    mkdirSync(join(run, 'checkpoints', name))
  expect(await store.list()).toEqual([400, 500])
  await store.write(700, await files(700))
  expect(foldersIn(run)).toEqual(['000400', '000500', '000700'])
})

test('killed while one was replaced by another of its step, the earlier one is read and comes back', async () => {
  const run = scratch()
  const store = fileStore(run)
  await store.write(500, await files(500))
  renameSync(join(run, 'checkpoints/000500'), join(run, 'checkpoints/.000500.old'))
  mkdirSync(join(run, 'checkpoints/.000500.part'))
  expect(await store.list()).toEqual([500])
  expect((await loadCheckpoint(store)).snapshot).toEqual(snapshotOf(500))
  await store.write(600, await files(600))
  expect(foldersIn(run)).toEqual(['000500', '000600'])
  expect((await loadCheckpoint(store, { step: 500 })).snapshot).toEqual(snapshotOf(500))
  renameSync(join(run, 'checkpoints/000500'), join(run, 'checkpoints/.000500.old'))
  await store.remove(500)
  expect(foldersIn(run)).toEqual(['000600'])
})

test('one whose earlier self is still beside it does not come back when it is removed', async () => {
  const run = scratch()
  const store = fileStore(run)
  await store.write(500, await files(500))
  renameSync(join(run, 'checkpoints/000500'), join(run, 'checkpoints/.000500.old'))
  await store.write(400, await files(400))
  renameSync(join(run, 'checkpoints/000400'), join(run, 'checkpoints/.000400.old'))
  mkdirSync(join(run, 'checkpoints/000400'))
  await store.remove(400)
  expect(await store.list()).toEqual([500])
})

test("somebody's files and folders are neither listed nor touched", async () => {
  const run = scratch()
  const store = fileStore(run)
  const inside = (name: string) => join(run, 'checkpoints', name)
  for (const name of ['notes', '500', '0000500', 'best-000500', '.notes.old', '.500.part', '1e3', '-00001'])
    mkdirSync(inside(name), { recursive: true })
  for (const name of ['000300', '.000200.part', 'readme.txt']) writeFileSync(inside(name), 'mine')
  const before = tree(run)
  await saveCheckpoint(store, snapshotOf(100), { keep: { last: 1 } })
  await saveCheckpoint(store, snapshotOf(400), { keep: { last: 1 } })
  expect(await store.list()).toEqual([400])
  expect(tree(run).filter(name => !name.includes('/000400'))).toEqual(before)
  expect(await failureOf(store.write(300, await files(300)))).toContain('a part of the path is a file')
  expect(readFileSync(inside('000300'), 'utf8')).toBe('mine')
})

test('a checkpoint with a file of somebody in it is left, and that is said', async () => {
  const run = scratch()
  const store = fileStore(run)
  await store.write(100, await files(100))
  const notes = join(run, 'checkpoints/000100/notes.txt')
  writeFileSync(notes, 'mine')
  const told: string[] = []
  const onNotRemoved = ({ message }: Error) => told.push(message)
  await saveCheckpoint(store, snapshotOf(200), { keep: { last: 1 }, onNotRemoved })
  expect(told).toEqual([
    `[gankit/core] ${run}/checkpoints/000100 holds 'notes.txt', expected a new folder or one with arrays.safetensors and state.json and manifest.json alone: move it elsewhere`,
  ])
  expect(readFileSync(notes, 'utf8')).toBe('mine')
  expect((await loadCheckpoint(store, { step: 100 })).snapshot).toEqual(snapshotOf(100))
})

test('a checkpoint that was moved and linked to is read, and only the link is removed', async () => {
  const run = scratch()
  const store = fileStore(run)
  await store.write(100, await files(100))
  renameSync(join(run, 'checkpoints/000100'), join(run, 'elsewhere'))
  symlinkSync('../elsewhere', join(run, 'checkpoints/000100'))
  expect((await loadCheckpoint(store)).snapshot).toEqual(snapshotOf(100))
  await store.remove(100)
  expect(await store.list()).toEqual([])
  expect(tree(join(run, 'elsewhere'))).toHaveLength(3)
})

test('a run without checkpoints says so', async () => {
  expect(await failureOf(loadCheckpoint(fileStore(scratch())))).toContain('the run holds no checkpoint')
})

test.each<[string, string, (path: string) => void, string]>([
  ['gone', 'arrays.safetensors', path => rmSync(path), 'is missing'],
  ['cut short', 'state.json', path => truncateSync(path, 30), 'has 30 bytes, expected'],
  [
    'a folder',
    'manifest.json',
    path => {
      rmSync(path)
      mkdirSync(path)
    },
    'it is a folder, expected a file',
  ],
])(
  'a file that is %s: its path is told, and the checkpoint before is read',
  async (_, name, damage, message) => {
    const run = scratch()
    const store = fileStore(run)
    for (const step of [400, 500]) await store.write(step, await files(step))
    const path = join(run, 'checkpoints', '000500', name)
    damage(path)
    const told: string[] = []
    const { snapshot } = await loadCheckpoint(store, { onDamaged: error => told.push(error.message) })
    expect(snapshot).toEqual(snapshotOf(400))
    expect(told).toEqual([expect.stringContaining(path)])
    expect(told[0]).toContain(message)
  },
)

test('a file in the place of the folder: nothing can be kept, and that is said', async () => {
  const run = scratch()
  writeFileSync(join(run, 'checkpoints'), 'mine')
  const store = fileStore(run)
  const said = `${join(run, 'checkpoints', '000500')}: a part of the path is a file, expected folders`
  expect(await failureOf(store.write(500, await files(500)))).toBe(`[gankit/core] could not write ${said}`)
  expect(await failureOf(store.list())).toContain('could not read')
  expect(tree(run)).toEqual(['checkpoints'])
})

// Root may write everywhere.
test.skipIf(isRoot)('a folder that may not be written to', async () => {
  const run = scratch()
  const store = fileStore(run)
  await store.write(400, await files(400))
  chmodSync(join(run, 'checkpoints'), 0o555)
  expect(await failureOf(store.write(500, await files(500)))).toContain('permission denied')
  expect((await loadCheckpoint(store)).snapshot).toEqual(snapshotOf(400))
  chmodSync(join(run, 'checkpoints'), 0o755)
})
