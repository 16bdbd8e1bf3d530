import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { isGankitError } from '@gankit/core'
import { encodePng } from '@gankit/visualization'
import { describe, expect, test } from 'vitest'
import { chooseGrids } from '../../src/runs/choose-grids.ts'
import { durationOf } from '../../src/runs/duration.ts'
import { findRuns } from '../../src/runs/find-runs.ts'
import { readRun } from '../../src/runs/read-run.ts'
import { samplesOf } from '../../src/runs/run-files.ts'
import { writeReport } from '../../src/runs/write-report.ts'
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
  expect(run.history).toMatchObject({ images: 400, points: [{ step: 50, lossG: 50, gradientG: Number.NaN }] })
})

test.each<[string, unknown, string]>([
  ['no config.json', undefined, 'holds no config.json'],
  ['a config that is no JSON', '{', 'is not JSON'],
  ['a config of a later version', { ...config, version: 7 }, 'has version 7'],
  ['a config of something else', { version: 2 }, 'names no app or no steps'],
  ['a config that is a list', '[]', 'has version undefined'],
])('a folder with %s is no run', async (_, content, message) => {
  const path = writeRun(join(scratch(), 'run'), content === undefined ? {} : { 'config.json': content })
  if (content === undefined) rmSync(join(path, 'config.json'))
  const error = await readRun(path).catch(caught => caught)
  expect(isGankitError(error) && error.message).toContain(message)
  expect(error.message).toContain("expected a run directory: 'gankit runs' lists those there are")
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

test('a report holds the first grid, the last, and what it has room for between them', async () => {
  const path = join(scratch(), 'run')
  const names = Array.from({ length: 50 }, (_, i) => `samples/${String(i * 10).padStart(6, '0')}.png`)
  writeRun(path, Object.fromEntries(names.map(name => [name, 'x'.repeat(100)])))
  const samples = await samplesOf(path)
  const steps = async (most: { grids: number; bytes: number }) =>
    (await chooseGrids(samples, most)).map(grid => grid.step)
  expect(await steps({ grids: 100, bytes: 1e6 })).toHaveLength(50)
  expect(await steps({ grids: 8, bytes: 1e6 })).toEqual([0, 70, 140, 210, 280, 350, 420, 490])
  expect(await steps({ grids: 100, bytes: 300 })).toEqual([0, 250, 490])
  expect(await steps({ grids: 100, bytes: 1 })).toEqual([0, 490])
  expect(await chooseGrids([])).toEqual([])
})

test('the report of a run says what is in its folder, and text is text', async () => {
  const png = encodePng({ width: 4, height: 4, channels: 1, data: new Uint8Array(16) })
  const path = writeRun(join(scratch(), '<script>alert(1)'), {
    'config.json': { ...config, preset: '<img src=x>' },
    'events.jsonl': [start, step(50), step(100), end('stopped', 100, '<b>enough</b>')],
    'samples/000100.png': png,
    'checkpoints/000100/state.json': {},
  })
  const file = await writeReport(path)
  expect(file).toBe(join(path, 'report.html'))
  const html = readFileSync(file, 'utf8')
  expect(html).not.toMatch(/<script>alert|<img src=x>|<b>enough/)
  expect(html).toContain('&lt;script&gt;alert(1)')
  expect(html).toContain(Buffer.from(png).toString('base64'))
  expect(html).toContain('npx gankit train --resume')
  const data = JSON.parse(/id="run-data">(.*?)<\/script>/.exec(html)![1]!)
  expect(data.charts.map((chart: { title: string }) => chart.title)).toEqual([
    'Losses',
    'What D says',
    'Gradients',
  ])
  expect(data.charts[2].series[1].y).toEqual([null, null])
  // 2·ln 2 and ln 2, where neither player has an edge.
  const levels = data.charts[0].levels.map((level: { y: number }) => level.y)
  expect(levels).toEqual([2 * Math.LN2, Math.LN2])
})

test('times are said in words', () => {
  expect([0, 59.4, 59.6, 185, 8040].map(durationOf)).toEqual([
    '0 s',
    '59 s',
    '1 min 0 s',
    '3 min 5 s',
    '2 h 14 min',
  ])
})
