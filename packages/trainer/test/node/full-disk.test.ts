import { appendFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { writeFileAtomic, writeFolderAtomic } from '@gankit/core/node'
import { nonSaturating } from '@gankit/losses'
import { expect, test } from 'vitest'
import {
  checkpoints,
  createTrainer,
  loadCheckpoint,
  saveCheckpoint,
  type TrainerEvent,
  takeSnapshot,
} from '../../src/index.ts'
import {
  createRunDirectory,
  fileStore,
  loadGenerator,
  openRunDirectory,
  saveGenerator,
} from '../../src/node.ts'
import { points, tinyGan } from '../tiny-gan.ts'
import { canMount, failureOf, smallDisk, tree } from './scratch.ts'

const page = 4096
const reason = 'no space left on the disk: make room, or choose another folder'

/** Fills a disk to its last page, then gives so many pages back. */
function fill(disk: string, pagesLeft = 0): void {
  const filler = join(disk, 'filler')
  let pages = 0
  try {
    for (; ; pages++) appendFileSync(filler, Buffer.alloc(page))
  } catch {
    writeFileSync(filler, Buffer.alloc(page * (pages - pagesLeft)))
  }
}

/** Expects `write` to fail for want of space, and the disk to be as before. */
async function expectFull(disk: string, path: string, write: () => Promise<unknown>): Promise<void> {
  const before = tree(disk)
  expect(await failureOf(write())).toBe(`[gankit/trainer] could not write ${path}: ${reason}`)
  expect(tree(disk)).toEqual(before)
}

test.skipIf(!canMount)('a full disk: a file', async () => {
  const disk = smallDisk('size=64k')
  const path = join(disk, 'a.txt')
  await writeFileAtomic(path, 'earlier')
  fill(disk, 1)
  // One page goes, the rest does not.
  await expectFull(disk, path, () => writeFileAtomic(path, 'now'.repeat(page)))
  expect(readFileSync(path, 'utf8')).toBe('earlier')
  const deep = join(disk, 'x', 'y', 'b.txt')
  await expectFull(disk, deep, () => writeFileAtomic(deep, 'now'.repeat(page)))
})

test.skipIf(!canMount)('a full disk: a folder', async () => {
  const disk = smallDisk('size=64k')
  const folder = join(disk, 'folder')
  await writeFolderAtomic(folder, { a: 'earlier', b: 'earlier' })
  fill(disk, 1)
  await expectFull(disk, folder, () => writeFolderAtomic(folder, { a: 'now', b: 'now'.repeat(page) }))
  expect(readFileSync(join(folder, 'a'), 'utf8')).toBe('earlier')
  const other = join(disk, 'x', 'other')
  await expectFull(disk, other, () => writeFolderAtomic(other, { a: 'now', b: 'now'.repeat(page) }))
})

test.skipIf(!canMount)('a full disk: a new run, whose parents go again', async () => {
  const disk = smallDisk('size=64k')
  fill(disk)
  const run = join(disk, 'runs', 'app', 'now-1')
  await expectFull(disk, join(run, 'config.json'), () => createRunDirectory(run, { seed: 1 }))
  const empty = smallDisk('nr_inodes=3')
  // Its root and two folders are all that it holds.
  const deep = join(empty, 'runs', 'app', 'now-1')
  expect(await failureOf(createRunDirectory(deep, { seed: 1 }))).toBe(
    `[gankit/trainer] could not create the run directory ${deep}: ${reason}`,
  )
  expect(tree(empty)).toEqual([])
})

test.skipIf(!canMount)('a full disk: an event, of which no part stays', async () => {
  const disk = smallDisk('size=64k')
  const run = openRunDirectory(disk)
  await run.appendEvent('{"step":1}\n')
  fill(disk, 1)
  const long = `{"step":2,"text":"${'x'.repeat(3 * page)}"}\n`
  await expectFull(disk, join(disk, 'events.jsonl'), () => run.appendEvent(long))
  expect(readFileSync(join(disk, 'events.jsonl'), 'utf8')).toBe('{"step":1}\n')
  rmSync(join(disk, 'filler'))
  await run.appendEvent(long)
  expect(readFileSync(join(disk, 'events.jsonl'), 'utf8')).toBe(`{"step":1}\n${long}`)
})

test.skipIf(!canMount)('a full disk: a sample', async () => {
  const disk = smallDisk('size=64k')
  fill(disk)
  const path = join(disk, 'samples', '000500.png')
  await expectFull(disk, path, () => openRunDirectory(disk).saveSample(500, Uint8Array.of(1)))
})

test.skipIf(!canMount)('a full disk: a generator', async () => {
  const disk = smallDisk('size=64k')
  const folder = join(disk, 'model')
  const gan = tinyGan()
  await saveGenerator(folder, gan)
  // Room for weights.bin, none for model.json.
  fill(disk, 1)
  await expectFull(disk, folder, () => saveGenerator(folder, { ...gan, latent: { ...gan.latent, size: 3 } }))
  expect((await loadGenerator(folder)).latent).toEqual(gan.latent)
})

test.skipIf(!canMount)('a full disk: a checkpoint', async () => {
  const disk = smallDisk('size=64k')
  const store = fileStore(disk)
  const newest = () => loadCheckpoint(store).then(({ snapshot }) => snapshot)
  const trainer = createTrainer({ gan: tinyGan(), objective: nonSaturating() })
  const batches = points()
  await trainer.fit(batches, { steps: 1 })
  const snapshot = await takeSnapshot(trainer, batches)
  await saveCheckpoint(store, snapshot)
  await trainer.fit(batches, { steps: 2 })
  const later = await takeSnapshot(trainer, batches)
  for (const pages of [0, 1, 2]) {
    fill(disk, pages)
    const path = join(disk, 'checkpoints', '000002')
    await expectFull(disk, path, () => saveCheckpoint(store, later, { keep: { last: 1 } }))
    expect(await newest()).toEqual(snapshot)
    rmSync(join(disk, 'filler'))
  }
  await saveCheckpoint(store, later)
  expect(await newest()).toEqual(later)
})

test.skipIf(!canMount)(
  'a full disk: a run goes on, and keeps checkpoints again once there is room',
  async () => {
    const disk = smallDisk('size=96k')
    const store = fileStore(disk)
    const trainer = createTrainer({ gan: tinyGan(), objective: nonSaturating() })
    const told: TrainerEvent[] = []
    const callbacks = [checkpoints({ store, every: 2 })]
    for await (const event of trainer.run(points(), { steps: 9, callbacks })) {
      if (event.type === 'step' && event.step === 3) fill(disk, 1)
      if (event.type === 'step' && event.step === 7) rmSync(join(disk, 'filler'))
      if (event.type === 'checkpoint' || event.type === 'warning') told.push(event)
    }
    const warning = (step: number) => ({
      type: 'warning',
      step,
      message: `[gankit/trainer] could not write ${disk}/checkpoints/00000${step}: ${reason}`,
    })
    expect(told).toEqual([
      { type: 'checkpoint', step: 2 },
      warning(4),
      warning(6),
      { type: 'checkpoint', step: 8 },
      { type: 'checkpoint', step: 9 },
    ])
    expect(await store.list()).toEqual([8, 9])
  },
)
