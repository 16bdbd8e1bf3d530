import { createHash } from 'node:crypto'
import { readFileSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { tree } from '@gankit/testkit/scratch'
import { expect, test } from 'vitest'
import { gankit } from './gankit.ts'
import { useProject } from './project.ts'

useProject()

const small = ['train', 'mnist-digits', '--batch', '16', '--latent', '8', '--seed', '1'] as const
const run = (...words: string[]) => gankit(...small, ...words)
const json = (text: string) => JSON.parse(text)
const hashOf = (file: string) =>
  statSync(file).isFile() ? createHash('sha256').update(readFileSync(file)).digest('hex') : ''

test('a resumed run goes on with the options that it had, unless its flags say otherwise', async () => {
  await run(
    '--steps',
    '3',
    '--tensorboard',
    '--no-doctor',
    '--time-limit',
    '5',
    '--threads',
    '1',
    '--out',
    'run',
  )
  const countEventFiles = () => tree(join('run', 'tensorboard')).length
  const config = () => json(readFileSync(join('run', 'config.json'), 'utf8'))
  expect(config().training).toMatchObject({ tensorboard: true, doctor: false, timeLimit: 5 })
  const resumed = await gankit('train', '--resume', 'run', '--steps', '5')
  expect(resumed.err).toContain('wasm, 1 thread:')
  expect(config().training).toMatchObject({ tensorboard: true, doctor: false, timeLimit: 5 })
  expect(countEventFiles()).toBe(2)
  await gankit('train', '--resume', 'run', '--steps', '7', '--no-tensorboard', '--no-time-limit', '--doctor')
  const { training, backend } = config()
  expect(training).toMatchObject({ tensorboard: false, doctor: true, steps: 7 })
  expect(training).not.toHaveProperty('timeLimit')
  expect(backend).toMatchObject({ name: 'wasm', threads: 1 })
  expect(countEventFiles()).toBe(2)
})

test('a run that has nothing left to do says so, and stays as it is', async () => {
  const first = json((await run('--steps', '5', '--json', '--out', 'run')).out)
  const contents = () => tree('run').map(file => [file, hashOf(join('run', file))])
  const before = contents()
  for (const words of [['--steps', '4'], ['--steps', '5', '--tensorboard'], []]) {
    const { code, out } = await gankit('train', '--resume', 'run', ...words)
    expect(code).toBe(0)
    expect(out).toContain('run is done: it has taken 5 steps')
    expect(out).toContain('npx gankit train --resume run --steps 10')
    expect(contents()).toEqual(before)
  }
  const again = json((await gankit('train', '--resume', 'run', '--json')).out)
  expect(again).toMatchObject({
    ...{ steps: 5, samplesSeen: 80, weightsSha256: first.weightsSha256, run: resolve('run') },
  })
  expect(contents()).toEqual(before)
  expect(json((await gankit('train', '--resume', 'run', '--steps', '6', '--json')).out).steps).toBe(6)
})
