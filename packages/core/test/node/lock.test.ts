import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdir, readFile, utimes, writeFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { scratch } from '@gankit/testkit/scratch'
import { describe, expect, onTestFinished, test } from 'vitest'
import { isGankitError } from '../../src/index.ts'
import { lock } from '../../src/node.ts'

const words = { package: 'somebody', what: 'it is done', wayOut: 'wait, or do something else' }
const owner = (changes: object = {}) =>
  JSON.stringify({ host: hostname(), process: process.pid, started: 1, ...changes })

async function refusal(path: string): Promise<string> {
  const error = await lock(path, words).then(
    () => expect.fail('expected a failure'),
    error => error,
  )
  if (!isGankitError(error)) throw error
  expect(error).toMatchObject({ kind: 'state', package: 'somebody' })
  return error.message
}

test('one at a time has it, and gives it back', async () => {
  const path = join(scratch(), 'lock')
  const release = await lock(path, words)
  expect(await refusal(path)).toBe(
    `[gankit/somebody] it is done at this moment by process ${process.pid}: wait, or do something else (if there is no such process, delete ${path})`,
  )
  await release()
  await (await lock(path, words))()
  expect(await readdir(join(path, '..'))).toEqual([])
})

test('of many at once, one has it', async () => {
  const path = join(scratch(), 'lock')
  await writeFile(path, owner({ process: 999_999_999 }))
  const results = await Promise.allSettled(Array.from({ length: 20 }, () => lock(path, words)))
  expect(results.filter(result => result.status === 'fulfilled')).toHaveLength(1)
  expect(await readdir(join(path, '..'))).toEqual(['lock'])
  expect(JSON.parse(await readFile(path, 'utf8')).process).toBe(process.pid)
})

test('a process that runs has it until it is killed', async () => {
  const path = join(scratch(), 'lock')
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'])
  onTestFinished(() => void child.kill('SIGKILL'))
  await once(child, 'spawn')
  await writeFile(path, owner({ process: child.pid }))
  expect(await refusal(path)).toContain(`by process ${child.pid}: wait`)
  child.kill('SIGKILL')
  await once(child, 'exit')
  await (await lock(path, words))()
})

test('who was taken for gone leaves the lock of the next one alone', async () => {
  const path = join(scratch(), 'lock')
  const release = await lock(path, words)
  await writeFile(path, owner({ host: 'elsewhere' }))
  await release()
  expect(await refusal(path)).toContain('of machine elsewhere')
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
    await (await lock(path, words))()
  })

  test('of another machine, once it has not been touched for ten minutes', async () => {
    const path = join(scratch(), 'lock')
    await writeFile(path, owner({ host: 'elsewhere' }))
    expect(await refusal(path)).toContain(`by process ${process.pid} of machine elsewhere`)
    const earlier = new Date(Date.now() - 11 * 60_000)
    await utimes(path, earlier, earlier)
    await (await lock(path, words))()
  })
})
