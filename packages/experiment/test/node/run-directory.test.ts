import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join, relative } from 'node:path'
import { scratch, tree } from '@gankit/testkit/scratch'
import { describe, expect, test } from 'vitest'
import { createRunDirectory, lockRun, newRunPath, openRunDirectory, readRunConfig } from '../../src/node.ts'
import { writeRun } from './run-folder.ts'

const now = new Date(2031, 0, 2, 3, 4, 5)

test('a new run is named by app, time and seed, and counted where the name is taken', async () => {
  const root = scratch()
  const names: string[] = []
  for (let n = 0; n < 3; n++) {
    const path = await newRunPath(root, 'mnist-digits', 42, now)
    await createRunDirectory(path, {})
    names.push(relative(root, path))
  }
  const base = join('mnist-digits', '2031-01-02T03-04-05-42')
  expect(names).toEqual([base, `${base}-2`, `${base}-3`])
})

test('a new run holds its configuration, and is open for samples and events', async () => {
  const path = join(scratch(), 'a', 'run')
  const config = { seed: 42, nested: { größe: [1, 2.5, null] } }
  const run = await createRunDirectory(path, config)
  expect(run.path).toBe(path)
  expect(JSON.parse(readFileSync(join(path, 'config.json'), 'utf8'))).toEqual(config)
  await run.saveSamples(500, Uint8Array.of(1, 2, 3))
  await run.saveSamples(1_234_567, Uint8Array.of(4))
  await run.appendEvent('{"type":"start"}\n')
  await (await openRunDirectory(path)).appendEvent('{"type":"end"}\n')
  expect(tree(path)).toEqual([
    'config.json',
    'events.jsonl',
    'samples',
    'samples/000500.png',
    'samples/1234567.png',
  ])
  expect([...readFileSync(join(path, 'samples', '000500.png'))]).toEqual([1, 2, 3])
  expect(readFileSync(join(path, 'events.jsonl'), 'utf8')).toBe('{"type":"start"}\n{"type":"end"}\n')
})

test('an empty folder will do, one with a file is refused and left alone', async () => {
  const folder = scratch()
  mkdirSync(join(folder, 'empty'))
  await createRunDirectory(join(folder, 'empty'), {})
  const taken = join(folder, 'taken')
  mkdirSync(taken)
  writeFileSync(join(taken, 'notes.txt'), 'mine')
  expect(await failureOf(createRunDirectory(taken, {}))).toBe(
    `[gankit/experiment] ${taken} holds 'notes.txt' already, expected a new or empty folder: choose another one`,
  )
  expect(tree(taken)).toEqual(['notes.txt'])
})

test('of runs that start at once in one folder, one gets it', async () => {
  const path = join(scratch(), 'runs', 'one')
  const starts = await Promise.allSettled([1, 2, 3, 4].map(seed => createRunDirectory(path, { seed })))
  const winners = starts.flatMap((start, i) => (start.status === 'fulfilled' ? [i + 1] : []))
  expect(winners).toHaveLength(1)
  expect(JSON.parse(readFileSync(join(path, 'config.json'), 'utf8'))).toEqual({ seed: winners[0] })
})

test('a file in the way of a run is named', async () => {
  const folder = scratch()
  writeFileSync(join(folder, 'file'), 'mine')
  const reason = 'a part of the path is a file, expected folders'
  expect(await failureOf(createRunDirectory(join(folder, 'file'), {}))).toContain(reason)
  expect(await failureOf(createRunDirectory(join(folder, 'file', 'run'), {}))).toContain(reason)
  expect(await failureOf(newRunPath(join(folder, 'file'), 'app', 1))).toContain(reason)
  expect(tree(folder)).toEqual(['file'])
})

const record = '{"type":"start","step":0}\n'
test.each([
  ['half a line', record, '{"st'],
  ['half of the first line', '', '{"type":"st'],
  ['the first letter', '', '{'],
  ['half a letter', record, Buffer.from('ö').subarray(0, 1)],
])('%s, left by a killed process, is cut off before the next one', async (_, whole, torn) => {
  const folder = scratch()
  const events = join(folder, 'events.jsonl')
  appendFileSync(events, whole)
  appendFileSync(events, torn)
  await (await openRunDirectory(folder)).appendEvent('{"step":2}\n')
  expect(readFileSync(events, 'utf8')).toBe(`${whole}{"step":2}\n`)
})

test('a folder that is no run is said to be so', async () => {
  const folder = scratch()
  const file = join(folder, 'config.json')
  expect(await failureOf(readRunConfig(folder))).toBe(
    `[gankit/experiment] ${folder} holds no config.json, expected a run directory: 'gankit runs' lists those there are`,
  )
  for (const text of ['', '{"seed": 4', 'seed: 42\nsteps: 1']) {
    writeFileSync(file, text)
    expect(await failureOf(readRunConfig(folder))).toBe(
      `[gankit/experiment] ${file} is not JSON, expected a run directory: 'gankit runs' lists those there are`,
    )
  }
  expect(await failureOf((await openRunDirectory(file)).appendEvent('x\n'))).toContain(
    'a part of the path is a file',
  )
})

test('what holds no event of a run is not cut', async () => {
  const folder = scratch()
  const events = join(folder, 'events.jsonl')
  const run = await openRunDirectory(folder)
  for (const text of ['a diary without a last line feed', 'first line\nsecond line', '[]\n{}\n{"step":1']) {
    writeFileSync(events, text)
    expect(await failureOf(run.appendEvent(record))).toBe(
      `[gankit/experiment] ${events} holds no event of a run, expected the run's events: move it elsewhere`,
    )
    expect(readFileSync(events, 'utf8')).toBe(text)
  }
})

describe('a run of somebody else, with links to files elsewhere', () => {
  const names = [
    'config.json',
    'events.jsonl',
    'report.html',
    'run.lock',
    'steering.json',
    'samples',
    'checkpoints',
    'model',
    'best',
    'tensorboard',
  ]
  test.each(names)('%s: neither locked nor opened for writing', async name => {
    const folder = scratch()
    const elsewhere = join(scratch(), 'elsewhere')
    mkdirSync(elsewhere)
    writeFileSync(join(elsewhere, 'mine'), 'mine')
    const run = writeRun(join(folder, 'run'), {})
    rmSync(join(run, name), { force: true })
    symlinkSync(name.includes('.') ? join(elsewhere, 'mine') : elsewhere, join(run, name))
    const refusal = `${join(run, name)} is a link, expected a file or folder of the run itself`
    expect(await failureOf(openRunDirectory(run))).toContain(refusal)
    expect(await failureOf(lockRun(run))).toContain(refusal)
    expect(tree(elsewhere)).toEqual(['mine'])
    expect(readFileSync(join(elsewhere, 'mine'), 'utf8')).toBe('mine')
  })

  test('events are not appended to a link that comes later, nor to a pipe', async () => {
    const folder = scratch()
    const mine = join(scratch(), 'mine')
    writeFileSync(mine, 'mine')
    const run = await openRunDirectory(folder)
    symlinkSync(mine, join(folder, 'events.jsonl'))
    expect(await failureOf(run.appendEvent(record))).toContain('it is a link, expected a file')
    expect(readFileSync(mine, 'utf8')).toBe('mine')
  })
})

test('a run whose folder is deleted or replaced begins no other one', async () => {
  const folder = join(scratch(), 'run')
  const run = await createRunDirectory(folder, {})
  await run.checkThere()
  rmSync(folder, { recursive: true })
  const gone = `${folder} was deleted or moved while its run was trained`
  expect(await failureOf(run.checkThere())).toContain(gone)
  expect(await failureOf(run.appendEvent(record))).toContain(gone)
  expect(await failureOf(run.saveSamples(1, 'x'))).toContain(gone)
  expect(await failureOf(run.saveConfig({}))).toContain(gone)
  expect(existsSync(folder)).toBe(false)
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
