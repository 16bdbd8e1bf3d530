import { once } from 'node:events'
import { expect, test } from 'vitest'
import { openPacked } from '../../../src/node/packed/open.ts'
import { failureOf, scratch } from '../scratch.ts'
import { cheapPlan, onlyOpened } from './cheap-plan.ts'
import { startScript } from './start-script.ts'

test('a cache that another process makes is refused, and is there when it is done', async () => {
  const cacheDir = scratch()
  const child = startScript('pack.ts', cacheDir, '400')
  await once(child.stdout!, 'data')
  child.kill('SIGSTOP')
  expect(await failureOf(openPacked(cheapPlan(), { cacheDir }))).toMatch(
    new RegExp(
      `cache .+ is being made at this moment by process ${child.pid}: wait until it is done, or set GANKIT_CACHE to another folder \\(if there is no such process, delete .+\\.lock\\)$`,
    ),
  )
  child.kill('SIGCONT')
  expect(await once(child, 'exit')).toEqual([0, null])
  const dataset = await openPacked(onlyOpened(), { cacheDir })
  expect(dataset.size).toBe(1960)
  await dataset.close?.()
})
