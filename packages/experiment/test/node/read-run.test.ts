import { spawnSync } from 'node:child_process'
import { mkdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { isGankitError } from '@gankit/core'
import { describe, expect, test } from 'vitest'
import { findRuns, readRun, readRunConfig } from '../../src/node.ts'
import { config, end, scratch, start, step, writeRun } from './run-folder.ts'

const lockOf = (process: number, host = hostname()) => ({ 'run.lock': { host, process, started: 1 } })
/** A process that was, and is no more. */
const gone = spawnSync(process.execPath, ['-e', '']).pid!
const stateOf = async (files: object) => {
  const { state, why } = await readRun(writeRun(join(scratch(), 'run'), { ...files }))
  return why === undefined ? state : [state, why]
}

describe('the state of a run', () => {
  test.each([
    ['done', 'done'],
    ['aborted', 'stopped'],
    ['stopped', 'stopped'],
    ['failed', 'failed'],
  ])('that ended with %s is %s', async (reason, state) => {
    expect(await stateOf({ 'events.jsonl': [start, step(100), end(reason, 100)] })).toBe(state)
    const events = [start, end(reason, 100, 'so it is')]
    expect(await stateOf({ 'events.jsonl': events })).toEqual([state, 'so it is'])
  })

  test('that did not end is interrupted, unless a process has its lock', async () => {
    const events = { 'events.jsonl': [start, step(100), end('aborted', 120), { ...start, step: 120 }] }
    expect(await stateOf(events)).toBe('interrupted')
    expect(await stateOf({})).toBe('interrupted')
    expect(await stateOf({ ...events, ...lockOf(gone) })).toBe('interrupted')
    expect(await stateOf({ ...events, 'run.lock': '{"host' })).toBe('interrupted')
    const alive = process.ppid
    expect(await stateOf({ ...events, ...lockOf(alive) })).toEqual([
      'running',
      `process ${alive} on ${hostname()} trains it`,
    ])
  })

  test('that this process has just trained is what its events say', async () => {
    const events = { 'events.jsonl': [start, end('done', 400)] }
    expect(await stateOf({ ...events, ...lockOf(process.pid) })).toBe('done')
  })

  test('on another machine is told by when its lock was touched', async () => {
    const path = writeRun(join(scratch(), 'run'), lockOf(gone, 'elsewhere'))
    expect((await readRun(path)).state).toBe('running')
    const before = new Date(Date.now() - 11 * 60_000)
    utimesSync(join(path, 'run.lock'), before, before)
    expect((await readRun(path)).state).toBe('interrupted')
  })
})

test('what is in the folder is read, half a line and foreign files are not', async () => {
  const path = join(scratch(), '2025-03-04T05-06-07-3')
  const lines = [start, step(50), { type: 'later', step: 50 }].map(line => `${JSON.stringify(line)}\n`)
  writeRun(path, {
    'events.jsonl': `${lines.join('')}{"type":"step","st`,
    'samples/000100.png': '',
    'samples/000000.png': '',
    'samples/1000000.png': '',
    'samples/.x.part': '',
    'samples/notes.txt': '',
    'checkpoints/000090/state.json': {},
    'checkpoints/.000050.old/state.json': {},
  })
  const run = await readRun(path)
  expect(run).toMatchObject({ name: '2025-03-04T05-06-07-3', path, step: 90, steps: 400, skippedLines: 2 })
  expect(run.when).toEqual(new Date(2025, 2, 4, 5, 6, 7))
  expect(run.samples.map(sample => sample.step)).toEqual([0, 100, 1_000_000])
  expect(run.checkpoints).toEqual([{ step: 90, path: join(path, 'checkpoints', '000090') }])
  expect(run.hasModel).toBe(false)
  expect(run.history).toMatchObject({
    samplesSeen: 400,
    points: [{ step: 50, scalars: { 'generator/loss': 50, 'generator/gradient': Number.NaN } }],
  })
})

test.each<[string, unknown, string]>([
  ['no config.json', undefined, 'holds no config.json'],
  ['a config that is no JSON', '{', 'is not JSON'],
  ['a config of a later version', { ...config, version: 7 }, 'has version 7'],
  [
    'a config of something else',
    { version: 2 },
    'names no app, preset or number of steps, expected the configuration of a run',
  ],
  ['a config that is a list', '[]', 'has version undefined'],
])('a folder with %s is no run', async (_, content, message) => {
  const path = writeRun(join(scratch(), 'run'), content === undefined ? {} : { 'config.json': content })
  if (content === undefined) rmSync(join(path, 'config.json'))
  const error = await readRun(path).catch(caught => caught)
  expect(isGankitError(error) && error.message).toContain(message)
  expect(error.message).toMatch(/, expected /)
})

test('runs are found below a folder, newest first; one that is damaged hides no other', async () => {
  const root = scratch()
  const older = writeRun(join(root, 'digits', '2024-01-01T00-00-00-0'), {})
  const newer = writeRun(join(root, 'faces', '2025-01-01T00-00-00-0'), {})
  const damaged = writeRun(join(root, 'faces', 'damaged'), { 'config.json': '{' })
  mkdirSync(join(root, 'empty'))
  writeFileSync(join(root, 'notes.txt'), '')
  const { runs, skipped } = await findRuns(root)
  expect(runs.map(run => run.path)).toEqual([newer, older])
  expect(skipped).toMatchObject([{ path: damaged, why: expect.stringContaining('is not JSON') }])
  expect((await findRuns(older)).runs).toHaveLength(1)
  await expect(findRuns(join(root, 'nowhere'))).rejects.toThrow(
    'nowhere does not exist, expected a folder with runs',
  )
})

test('a run of an earlier version is listed as what it is, and can’t be resumed', async () => {
  const path = writeRun(join(scratch(), 'run'), { 'config.json': { ...config, version: 2 } })
  const run = await readRun(path)
  expect(run).toMatchObject({ app: 'mnist-digits', preset: 'quick', steps: 400, version: 2 })
  expect(run.config).toBeUndefined()
  await expect(readRunConfig(path)).rejects.toThrow(
    `${path}/config.json has version 2, expected 3: another version of gankit wrote it; start a new run`,
  )
})

test('a run of version 2 is listed, and refused in one line where it would be resumed', async () => {
  const root = scratch()
  const { training, ...rest } = config
  const path = writeRun(join(root, 'digits', 'old'), {
    'config.json': { ...rest, version: 2, training: { ...(training as object), latent: 64 } },
    'events.jsonl': [start, { type: 'step', step: 50, images: 400, seconds: 5, lossD: 1 }],
  })
  const { runs, skipped } = await findRuns(root)
  expect(skipped).toEqual([])
  expect(runs).toMatchObject([{ path, app: 'mnist-digits', version: 2, step: 50, steps: 400 }])
  expect(runs[0]).not.toHaveProperty('config')
  expect(runs[0]!.history).toMatchObject({ samplesSeen: 400 })
  const error = await readRunConfig(path).catch(caught => caught)
  expect(isGankitError(error) && error.message).toContain('config.json has version 2, expected 3')
  expect(error.message).not.toContain('\n')
})
