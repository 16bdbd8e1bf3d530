import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { canMount, smallDisk } from '@gankit/testkit/scratch'
import { expect, test } from 'vitest'
import { gankit } from '../gankit.ts'
import { useProject } from '../project.ts'

useProject()

/** Trains until something ends it. */
function train(run: string) {
  const every = ['--sample-every', '5', '--checkpoint-every', '5'] as const
  return gankit(
    ...['train', 'mnist-digits', '--batch', '16', '--latent', '8', '--backend', 'wasm', '--steps', '1000000'],
    ...every,
    '--out',
    run,
  )
}

/** Waits until a run has written a checkpoint, and the generator beside it. */
async function untilItTrains(run: string, training: Promise<{ readonly err: string }>): Promise<void> {
  const ended = training.then(({ err }) => {
    throw new Error(`it ended: ${err}`)
  })
  while (!existsSync(join(run, 'model/model.json'))) await Promise.race([wait(5), ended])
  ended.catch(() => {})
}

test('a run whose folder is deleted ends with a word, and begins no other one there', async () => {
  const training = train('run')
  await untilItTrains('run', training)
  // Where a file is written at this moment, deleting fails, and goes on.
  while (existsSync('run')) {
    try {
      rmSync('run', { recursive: true })
    } catch {}
  }
  const { code, err } = await training
  expect(code).toBe(2)
  expect(err.trimEnd().split('\n').at(-1)).toMatch(
    /^\[gankit\/experiment\] .*run was deleted or moved while its run was trained, expected it to stay/,
  )
  expect(existsSync('run')).toBe(false)
})

test.skipIf(!canMount)('a disk that turns read-only is what is told, not what fails behind it', async () => {
  const disk = smallDisk('size=64m')
  const run = join(disk, 'run')
  const training = train(run)
  await untilItTrains(run, training)
  // It is refused while a file is open for writing.
  while (spawnSync('mount', ['-o', 'remount,ro', disk]).status !== 0) await wait(1)
  const { code, err } = await training
  expect(code).toBe(2)
  const last = err.trimEnd().split('\n').at(-1)!
  expect(last).toContain('the file system is read-only')
  expect(last).not.toContain('run.lock')
  expect(JSON.parse(readFileSync(join(run, 'config.json'), 'utf8')).app).toBe('mnist-digits')
})
