import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { selectGenerator } from '@gankit/core'
import { findWholeFolder, writeFileAtomic, writeFolderAtomic } from '@gankit/core/node'
import { openGenerator, saveGenerator } from '@gankit/inference/node'
import { failingOnceAfter, killedAfter } from '@gankit/testkit/kills'
import { expect, test, vi } from 'vitest'
import { loadCheckpoint, saveCheckpoint } from '../../src/index.ts'
import { fileStore } from '../../src/node.ts'
import { snapshotOf } from '../checkpoint/snapshot-of.ts'
import { tinyGan } from '../tiny-gan.ts'
import { scratch, tree } from './scratch.ts'

vi.mock('node:fs/promises', async original =>
  (await import('@gankit/testkit/kills')).killable(await original()),
)

/**
 * Does `write` over and over on fresh scratch folders that hold an earlier writing, killed after 0, 1, 2 … operations
 * until it comes to its end; `look` must find the earlier or the new state each time, and the new one after a retry.
 */
async function killEverywhere<State>(
  write: (folder: string, state: State) => Promise<unknown>,
  look: (folder: string) => Promise<State>,
  [earlier, now]: readonly [State, State],
): Promise<void> {
  const seen = new Set<State>()
  for (let count = 0, ended = false; !ended; count++) {
    const folder = scratch()
    await write(folder, earlier)
    const before = tree(folder)
    ended = await killedAfter(count, () => write(folder, now))
    const found = await look(folder)
    expect([earlier, now], `after ${count} operations`).toContainEqual(found)
    seen.add(found)
    await write(folder, now)
    expect(await look(folder)).toEqual(now)
    // Single files are written under names of their own, which nothing else may take for its leftovers.
    const rest = tree(folder).filter(name => !/\.[0-9a-f-]{36}\.part$/.test(name))
    expect(rest, `after ${count} operations and a retry`).toHaveLength(before.length)
    expect(count, 'it must end at some time').toBeLessThan(200)
  }
  expect(
    [...seen].some(state => state === now),
    'it came to its end',
  ).toBe(true)
}

test('a file is the old or the new one, wherever a process is killed', async () => {
  const path = (folder: string) => join(folder, 'a', 'file.txt')
  await killEverywhere(
    (folder, text) => writeFileAtomic(path(folder), text),
    async folder => readFileSync(path(folder), 'utf8'),
    ['earlier', 'the new text'],
  )
})

const readSamplesSeen = (run: string) =>
  loadCheckpoint(fileStore(run)).then(({ snapshot }) => snapshot.state.samplesSeen)

test.each([
  ['a later step', 200],
  ['the same step', 100],
])('a checkpoint of %s is whole, wherever a process is killed', async (_, step) => {
  const states = [snapshotOf(100, 7), snapshotOf(step, 8)] as const
  await killEverywhere<number>(
    (run, samplesSeen) => saveCheckpoint(fileStore(run), states[samplesSeen - 7]!, { keep: { last: 1 } }),
    async run => {
      const { snapshot } = await loadCheckpoint(fileStore(run), {
        onDamaged: error => expect.fail(error.message),
      })
      expect(snapshot).toEqual(states[snapshot.state.samplesSeen - 7])
      return snapshot.state.samplesSeen
    },
    [7, 8],
  )
})

test.each<[string, number, number[]]>([
  ['of a later step', 500, [200, 400, 500]],
  ['of a step that is there', 400, [200, 300, 400]],
  ['of an earlier step', 250, [200, 250]],
])('all checkpoints are whole, wherever a process is killed that keeps one %s', async (_, step, left) => {
  const keep = { last: 2, every: 200 }
  const save = (run: string) => saveCheckpoint(fileStore(run), snapshotOf(step, 8), { keep })
  for (let count = 0, ended = false; !ended; count++) {
    const run = scratch()
    const store = fileStore(run)
    for (const each of [100, 200, 300, 400])
      await saveCheckpoint(store, snapshotOf(each, 7), { keep: { last: 9 } })
    ended = await killedAfter(count, () => save(run))
    for (const each of await store.list()) {
      const { snapshot } = await loadCheckpoint(store, { step: each })
      expect([7, 8], `step ${each} after ${count} operations`).toContain(snapshot.state.samplesSeen)
      expect(snapshot).toEqual(snapshotOf(each, snapshot.state.samplesSeen))
    }
    expect((await store.list()).length, `after ${count} operations`).toBeGreaterThanOrEqual(left.length)
    if (ended) expect(await store.list()).toEqual(left)
    await save(run)
    expect(await readSamplesSeen(run)).toBe(8)
    const rest = tree(join(run, 'checkpoints')).filter(name => !name.includes('/'))
    expect(rest, `after ${count} operations and a retry`).toEqual(left.map(each => `000${each}`))
    expect(count, 'it must end at some time').toBeLessThan(200)
  }
})

test('a saved generator is whole, wherever a process is killed', async () => {
  const generator = selectGenerator(tinyGan())
  const latent = (mean: number) => ({ size: 3, prior: { name: 'normal', mean, std: 1 } }) as const
  await killEverywhere(
    (folder, mean) => saveGenerator(join(folder, 'model'), { ...generator, noise: latent(mean) }),
    async folder => {
      const loaded = await openGenerator(join(folder, 'model'))
      loaded.model.dispose()
      return (loaded.noise as ReturnType<typeof latent>).prior.mean
    },
    [1, 2],
  )
})

test('a folder is whole when a process is killed, and the next one too', async () => {
  const write = (folder: string, text: string) => writeFolderAtomic(join(folder, 'a'), { x: text, y: text })
  // Kills that leave the same files need to be gone on from once.
  const states = new Set<string>()
  const isNew = (folder: string) => states.size < states.add(tree(folder).join()).size
  for (let first = 0, ended = false; !ended; first++) {
    for (let second = 0, endedAgain = false; !endedAgain; second++) {
      const folder = scratch()
      await write(folder, 'earlier')
      ended = await killedAfter(first, () => write(folder, 'now'))
      if (second === 0 && !isNew(folder)) break
      endedAgain = await killedAfter(second, () => write(folder, 'later'))
      const whole = await findWholeFolder(join(folder, 'a'))
      const [x, y] = ['x', 'y'].map(name => readFileSync(join(whole, name), 'utf8'))
      expect(['earlier', 'now', 'later'], `after ${first} and ${second} operations`).toContain(x)
      expect(y).toBe(x)
      if (endedAgain) expect(x).toBe('later')
    }
  }
})

test('when one operation fails, the folder stands in its place, the earlier or the new one', async () => {
  // More than there are.
  for (let count = 0; count < 40; count++) {
    const root = scratch()
    const write = (text: string) => writeFolderAtomic(join(root, 'a'), { x: text, y: text })
    await write('earlier')
    const ended = await failingOnceAfter(count, () => write('now'))
    const [x, y] = ['x', 'y'].map(name => readFileSync(join(root, 'a', name), 'utf8'))
    expect([x, y], `after ${count} operations`).toEqual(ended ? ['now', 'now'] : ['earlier', 'earlier'])
    if (!ended) expect(tree(root)).toEqual(['a', 'a/x', 'a/y'])
  }
})
