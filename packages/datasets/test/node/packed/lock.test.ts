import { once } from 'node:events'
import { expect, test } from 'vitest'
import { openPacked } from '../../../src/node/packed/open.ts'
import type { PackProgress } from '../../../src/node/packed/plan.ts'
import { scratch } from '../scratch.ts'
import { onlyOpened } from './cheap-plan.ts'
import { startScript } from './start-script.ts'

test('a cache that another process makes is waited for, with its progress, and is there when it is done', async () => {
  const cacheDir = scratch()
  const child = await startScript('pack.ts', cacheDir, '40')
  await once(child.stdout!, 'data')
  child.kill('SIGSTOP')
  const notes: string[] = []
  const progress: PackProgress[] = []
  const abort = new AbortController()
  const given = openPacked(onlyOpened(), {
    cacheDir,
    signal: abort.signal,
    onNote: note => notes.push(note),
    onProgress(now) {
      if (progress.push(now) === 2) abort.abort(new Error('given up'))
    },
  })
  await expect(given).rejects.toThrow('given up')
  expect(notes).toEqual([
    expect.stringMatching(
      new RegExp(
        `^another process, ${child.pid}, is making the cache .+: waiting for it \\(if .+\\.lock\\)$`,
      ),
    ),
  ])
  expect(progress[0]).toMatchObject({ total: 2000, process: child.pid })
  const opening = openPacked(onlyOpened(), { cacheDir })
  child.kill('SIGCONT')
  const ended = once(child, 'exit')
  const dataset = await opening
  expect(await ended).toEqual([0, null])
  expect(dataset.size).toBe(1960)
  await dataset.close?.()
})
