import { spawnSync } from 'node:child_process'
import { readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { openPacked } from '../../../src/node/packed/open.ts'
import { canMount, failureOf, scratch, smallDisk } from '../scratch.ts'
import { cacheBytes } from './cache-bytes.ts'
import { cheapPlan, onlyOpened } from './cheap-plan.ts'

test('where the cache can’t be is an error that names it and the way out', async () => {
  const file = join(scratch(), 'file')
  await writeFile(file, '')
  const message = await failureOf(openPacked(cheapPlan(), { cacheDir: file }))
  expect(message).toMatch(
    /cache .+\/file\/packed\/cheap-\w+ can't be kept \(.+set GANKIT_CACHE to another folder\)$/,
  )
})

describe.skipIf(!canMount)('on a small disk (mounted as root)', () => {
  test('a full one is an error; with room, the build goes on and ends with the same bytes', async () => {
    const cacheDir = smallDisk('size=160k')
    expect(await failureOf(openPacked(cheapPlan(), { cacheDir }))).toMatch(
      /can't be kept \(no space left on the disk: make room, or set GANKIT_CACHE to another folder\)$/,
    )
    expect((await readdir(join(cacheDir, 'packed'))).every(name => name.endsWith('.building'))).toBe(true)
    spawnSync('mount', ['-o', 'remount,size=1m', cacheDir])
    const seen: number[] = []
    await (await openPacked(cheapPlan(), { cacheDir, onProgress: ({ done }) => seen.push(done) })).close?.()
    expect(seen[0]).toBeGreaterThan(0)
    const other = scratch()
    await (await openPacked(cheapPlan(), { cacheDir: other })).close?.()
    expect(cacheBytes(cacheDir)).toEqual(cacheBytes(other))
  })

  test('a disk without room for a single file is an error', async () => {
    for (const limits of ['nr_inodes=2', 'nr_inodes=4', 'nr_inodes=6', 'size=4k'])
      expect(await failureOf(openPacked(cheapPlan(), { cacheDir: smallDisk(limits) }))).toContain(
        'no space left on the disk',
      )
  })

  test('a read-only one serves what is there, and makes nothing', async () => {
    const cacheDir = smallDisk('size=1m')
    await (await openPacked(cheapPlan(), { cacheDir })).close?.()
    spawnSync('mount', ['-o', 'remount,ro', cacheDir])
    const dataset = await openPacked(onlyOpened(), { cacheDir })
    expect(dataset.size).toBe(1960)
    await dataset.close?.()
    const changed = openPacked(cheapPlan({ sources: 'those' }), { cacheDir })
    expect(await failureOf(changed)).toMatch(/can't be kept \(EROFS.+is it writable\?/)
  })
})
