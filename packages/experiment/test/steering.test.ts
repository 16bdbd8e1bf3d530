import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { writeFileAtomic } from '@gankit/core/node'
import { afterAll, expect, test } from 'vitest'
import { changeSteering, checkSteeringChanges, openSteering, readSteering, runFiles } from '../src/node.ts'

const folders: string[] = []
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
})
function scratch(): string {
  const folder = mkdtempSync(join(tmpdir(), 'gankit-steering-'))
  folders.push(folder)
  return folder
}

test('what another process wants arrives, adds up, and is told', async () => {
  const run = scratch()
  const steering = await openSteering(run, 0.5)
  try {
    const { session } = steering.wanted()
    expect(steering.wanted()).toEqual({
      session,
      paused: false,
      learningRateScale: 0.5,
      checkpoints: 0,
      stop: false,
    })
    for (const [changes, wanted] of [
      [{ paused: true }, { paused: true }],
      [{ checkpoint: true }, { paused: true, checkpoints: 1 }],
      [
        { checkpoint: true, paused: false },
        { checkpoints: 2, paused: false, learningRateScale: 0.5 },
      ],
      [{ learningRateScale: 2 }, { learningRateScale: 2, checkpoints: 2 }],
      [{ stop: true }, { stop: true }],
    ] as const) {
      const changed = steering.changed()
      expect(await changeSteering(run, changes)).toMatchObject({ session, ...wanted })
      await changed
      expect(steering.wanted()).toMatchObject(wanted)
    }
    // There is no way back.
    expect(await changeSteering(run, { paused: false })).toMatchObject({ stop: true })
  } finally {
    await steering.close()
  }
  expect(await readSteering(run)).toBeUndefined()
  await expect(changeSteering(run, { stop: true })).rejects.toThrow(
    `no process that trains ${run} listens, expected one`,
  )
})

test('what was wanted of an earlier process stops no later one, and that one leaves the file of the next', async () => {
  const run = scratch()
  const killed = await openSteering(run)
  const stale = await changeSteering(run, { stop: true })
  const next = await openSteering(run)
  try {
    expect(next.wanted()).toMatchObject({ stop: false })
    const changed = next.changed()
    // Written by whoever still thinks of the earlier one, then by somebody who knows.
    writeFileSync(runFiles(run).steering, JSON.stringify(stale))
    await killed.close()
    await writeFileAtomic(runFiles(run).steering, JSON.stringify({ ...next.wanted(), paused: true }))
    await changed
    expect(next.wanted()).toMatchObject({ paused: true, stop: false })
  } finally {
    await next.close()
  }
})

test.each([
  ['no JSON', 'stop'],
  ['another field', JSON.stringify({ session: crypto.randomUUID(), stop: true })],
  ['a factor of 0', { learningRateScale: 0 }],
  ['an infinite factor', '{"learningRateScale": 1e999}'],
  ['a negative count', { checkpoints: -1 }],
  ['an unknown field', { color: 'red' }],
  ['a session that is a path', { session: '../..' }],
  ['too much', `${' '.repeat(5000)}{}`],
  ['lists in lists', '['.repeat(2000) + ']'.repeat(2000)],
])('a file with %s says nothing', async (_, content) => {
  const run = scratch()
  const right = {
    session: crypto.randomUUID(),
    paused: false,
    learningRateScale: 1,
    checkpoints: 0,
    stop: false,
  }
  const { steering } = runFiles(run)
  writeFileSync(steering, JSON.stringify(right))
  expect(await readSteering(run)).toEqual(right)
  writeFileSync(steering, typeof content === 'string' ? content : JSON.stringify({ ...right, ...content }))
  expect(await readSteering(run)).toBeUndefined()
})

test('no link is followed, neither to read nor to write', async () => {
  const [run, elsewhere] = [scratch(), scratch()]
  const steering = await openSteering(run)
  const { steering: path } = runFiles(run)
  const text = readFileSync(path, 'utf8')
  rmSync(path)
  const theirs = join(elsewhere, 'notes')
  writeFileSync(theirs, text)
  symlinkSync(theirs, path)
  expect(await readSteering(run)).toBeUndefined()
  await expect(changeSteering(run, { paused: true })).rejects.toThrow('listens, expected one')
  await steering.close()
  // A new session takes the place of the link, and leaves what it leads to.
  const next = await openSteering(run)
  await next.close()
  expect(readFileSync(theirs, 'utf8')).toBe(text)
  mkdirSync(path)
  expect(await readSteering(run)).toBeUndefined()
})

test.each([
  [{ paused: 1 }, 'paused is 1, expected'],
  [{ learningRateScale: 0 }, 'learningRateScale is 0, expected a number from 0.001 to 1000'],
  [{ learningRateScale: 1e9 }, 'learningRateScale is 1000000000, expected a number from 0.001 to 1000'],
  [{ learningRateScale: 'x' }, 'learningRateScale is "x", expected a number from 0.001 to 1000'],
  [{ checkpoint: false }, 'checkpoint is false, expected true'],
  [{ stop: 'now' }, 'stop is "now", expected true'],
  [{ steps: 5 }, 'steps is'],
  [{}, 'nothing was sent that could be changed'],
  [[], 'nothing was sent that could be changed'],
  [null, 'what was sent is null'],
  ['stop', 'what was sent is "stop"'],
])('changes %o are refused', (changes, message) => {
  expect(() => checkSteeringChanges(changes)).toThrow(message)
})

test('changes that are right are let through', () => {
  const changes = { paused: true, learningRateScale: 0.5, checkpoint: true, stop: true }
  expect(checkSteeringChanges(changes)).toEqual(changes)
})
