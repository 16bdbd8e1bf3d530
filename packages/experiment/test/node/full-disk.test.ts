import { appendFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { canMount, smallDisk, tree } from '@gankit/testkit/scratch'
import { expect, test } from 'vitest'
import { createRunDirectory, openRunDirectory } from '../../src/node.ts'

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

/** The message of the error that a promise fails with. */
const failureOf = (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => expect.fail('expected a failure'),
    error => error.message,
  )

test.skipIf(!canMount)('a full disk: a new run, whose parents go again', async () => {
  const disk = smallDisk('size=64k')
  fill(disk)
  const run = join(disk, 'runs', 'app', 'now-1')
  await expectFull(disk, join(run, 'config.json'), () => createRunDirectory(run, { seed: 1 }))
  const empty = smallDisk('nr_inodes=3')
  // Its root and two folders are all that it holds.
  const deep = join(empty, 'runs', 'app', 'now-1')
  expect(await failureOf(createRunDirectory(deep, { seed: 1 }))).toBe(
    `[gankit/core] could not create the run directory ${deep}: ${reason}`,
  )
  expect(tree(empty)).toEqual([])
})

test.skipIf(!canMount)('a full disk: an event, of which no part stays', async () => {
  const disk = smallDisk('size=64k')
  const run = await openRunDirectory(disk)
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
  await expectFull(disk, path, async () => (await openRunDirectory(disk)).saveSamples(500, Uint8Array.of(1)))
})
