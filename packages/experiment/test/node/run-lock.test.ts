import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { scratch, tree } from '@gankit/testkit/scratch'
import { startScript } from '@gankit/testkit/script'
import { expect, onTestFinished, test } from 'vitest'
import { lockRun } from '../../src/node.ts'

/** Starts another process that takes the lock and holds it until it is killed. */
async function holder(run: string) {
  const script = join(import.meta.dirname, '../processes/hold-run.ts')
  const child = await startScript(script, [run], { stdio: ['ignore', 'pipe', 'inherit'] })
  onTestFinished(() => void child.kill('SIGKILL'))
  await once(child.stdout!, 'data')
  return child
}

test('one process at a time writes to a run; the lock says which, and is gone with it', async () => {
  const run = scratch()
  const release = await lockRun(run)
  expect(JSON.parse(readFileSync(join(run, 'run.lock'), 'utf8'))).toEqual({
    host: hostname(),
    process: process.pid,
    started: expect.any(Number),
  })
  expect(await failureOf(lockRun(run))).toBe(
    `[gankit/experiment] run ${run} is being trained at this moment by process ${process.pid}: wait until it is done, or start another run (if there is no such process, delete ${run}/run.lock)`,
  )
  await release()
  expect(tree(run)).toEqual([])
})

test('another process is refused, until it is killed: then its lock is taken over at once', async () => {
  const run = scratch()
  const child = await holder(run)
  expect(await failureOf(lockRun(run))).toContain(`by process ${child.pid}: wait`)
  child.kill('SIGKILL')
  await once(child, 'exit')
  expect(tree(run)).toEqual(['run.lock'])
  await (await lockRun(run))()
  expect(tree(run)).toEqual([])
})

test('a run that is not there', async () => {
  const run = join(scratch(), 'nowhere')
  expect(await failureOf(lockRun(run))).toBe(
    `[gankit/core] could not lock ${run}/run.lock: there is no such file or folder`,
  )
})

/** The message of the error that a promise fails with. */
async function failureOf(promise: Promise<unknown>): Promise<string> {
  const error = await promise.then(
    () => expect.fail('expected a failure'),
    error => error,
  )
  expect(error.message).not.toContain('\n')
  return error.message
}
