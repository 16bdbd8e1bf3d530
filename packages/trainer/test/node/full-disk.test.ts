import { appendFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { selectGenerator } from '@gankit/core'
import { writeFileAtomic, writeFolderAtomic } from '@gankit/core/node'
import { openGenerator, saveGenerator } from '@gankit/inference/node'
import { nonSaturating } from '@gankit/losses'
import { expect, test } from 'vitest'
import {
  checkpoints,
  createGanTrainer,
  loadCheckpoint,
  saveCheckpoint,
  type TrainerEvent,
  takeSnapshot,
} from '../../src/index.ts'
import { fileStore } from '../../src/node.ts'
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
  expect(await failureOf(write())).toBe(`[gankit/core] could not write ${path}: ${reason}`)
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

test.skipIf(!canMount)('a full disk: a generator', async () => {
  const disk = smallDisk('size=64k')
  const folder = join(disk, 'model')
  const generator = selectGenerator(tinyGan())
  await saveGenerator(folder, generator)
  // Room for weights.bin, none for model.json.
  fill(disk, 1)
  await expectFull(disk, folder, () => saveGenerator(folder, generator))
  expect((await openGenerator(folder)).noise).toEqual(generator.noise)
})

test.skipIf(!canMount)('a full disk: a checkpoint', async () => {
  const disk = smallDisk('size=64k')
  const store = fileStore(disk)
  const newest = () => loadCheckpoint(store).then(({ snapshot }) => snapshot)
  const trainer = createGanTrainer({ gan: tinyGan(), objective: nonSaturating() })
  const batches = points()
  await trainer.fit(batches, { steps: 1 })
  const snapshot = await takeSnapshot(trainer, { real: batches })
  await saveCheckpoint(store, snapshot)
  await trainer.fit(batches, { steps: 2 })
  const later = await takeSnapshot(trainer, { real: batches })
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
    const trainer = createGanTrainer({ gan: tinyGan(), objective: nonSaturating() })
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
      message: `[gankit/core] could not write ${disk}/checkpoints/00000${step}: ${reason}`,
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
