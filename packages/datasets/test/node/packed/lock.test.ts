import { once } from 'node:events'
import { readdir, readFile, utimes, writeFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { lock } from '../../../src/node/packed/lock.ts'
import { openPacked } from '../../../src/node/packed/open.ts'
import { failureOf, scratch } from '../scratch.ts'
import { cheapPlan, onlyOpened } from './cheap-plan.ts'
import { startScript } from './start-script.ts'

const owner = (changes: object = {}) =>
  JSON.stringify({ host: hostname(), process: process.pid, started: 1, ...changes })

test('one at a time has it, and gives it back', async () => {
  const path = join(scratch(), 'lock')
  const release = await lock(path, 'it is done')
  expect(await failureOf(lock(path, 'it is done'))).toMatch(
    new RegExp(`it is done at this moment by process ${process.pid}: wait until .+ delete ${path}\\)$`),
  )
  await release()
  await (await lock(path, 'it is done'))()
  expect(await readdir(join(path, '..'))).toEqual([])
})

test('of many at once, one has it', async () => {
  const path = join(scratch(), 'lock')
  await writeFile(path, owner({ process: 999_999_999 }))
  const results = await Promise.allSettled(Array.from({ length: 20 }, () => lock(path, 'it is done')))
  expect(results.filter(result => result.status === 'fulfilled')).toHaveLength(1)
  expect(await readdir(join(path, '..'))).toEqual(['lock'])
  expect(JSON.parse(await readFile(path, 'utf8')).process).toBe(process.pid)
})

describe('a lock that was left is taken over', () => {
  test.each<[string, string]>([
    ['of a process that is gone', owner({ process: 999_999_999 })],
    ['of a process with our number before us, as in a container', owner()],
    ['empty', ''],
    ['of something else', '{"host":1}'],
  ])('%s', async (_, content) => {
    const path = join(scratch(), 'lock')
    await writeFile(path, content)
    await (await lock(path, 'it is done'))()
  })

  test('of another machine, once it has not been touched for ten minutes', async () => {
    const path = join(scratch(), 'lock')
    await writeFile(path, owner({ host: 'elsewhere' }))
    expect(await failureOf(lock(path, 'it is done'))).toContain(
      `by process ${process.pid} of machine elsewhere`,
    )
    const earlier = new Date(Date.now() - 11 * 60_000)
    await utimes(path, earlier, earlier)
    await (await lock(path, 'it is done'))()
  })
})

test('a cache that another process makes is refused, and is there when it is done', async () => {
  const cacheDir = scratch()
  const child = startScript('pack.ts', cacheDir, '100')
  await once(child.stdout!, 'data')
  expect(await failureOf(openPacked(cheapPlan(), { cacheDir }))).toMatch(
    new RegExp(`cache .+ is being made at this moment by process ${child.pid}: wait`),
  )
  expect(await once(child, 'exit')).toEqual([0, null])
  const dataset = await openPacked(onlyOpened(), { cacheDir })
  expect(dataset.size).toBe(1960)
  await dataset.close?.()
}, 30_000)
