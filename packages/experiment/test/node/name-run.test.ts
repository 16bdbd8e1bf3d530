import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { findNamedRun } from '../../src/node.ts'
import { scratch } from './run-folder.ts'

const before = process.cwd()
afterAll(() => process.chdir(before))

const digits = 'runs/mnist-digits/2026-11-28T10-00-00-0'
const again = 'runs/mnist-digits/2026-11-30T09-00-00-0'
const twice = 'runs/mnist-digits/2026-11-30T09-00-00-0-2'
const faces = 'runs/face-generation/2026-11-29T12-00-00-7'

function enterProject(...runs: readonly string[]): void {
  process.chdir(scratch())
  for (const run of runs) {
    mkdirSync(run, { recursive: true })
    writeFileSync(join(run, 'config.json'), '{}')
  }
}

test('a run is called by its path, by the beginning of its name, or the latest', async () => {
  enterProject(digits, again, twice, faces, 'elsewhere')
  expect(await findNamedRun('elsewhere')).toBe('elsewhere')
  expect(await findNamedRun(digits)).toBe(digits)
  expect(await findNamedRun('latest')).toBe(twice)
  for (const name of ['2026-11-29', 'face', 'face-generation/2026', 'runs/face-generation/2', './runs/face'])
    expect(await findNamedRun(name), name).toBe(faces)
  expect(await findNamedRun('2026-11-30T09-00-00-0'), 'a whole name is no beginning').toBe(again)
})

test('a beginning of several names them, one of none gives nothing', async () => {
  enterProject(digits, again, faces)
  await expect(findNamedRun('mnist')).rejects.toThrow(
    `'mnist' is the beginning of 2 runs, ${digits}, ${again}, expected one: give more of its name, or 'latest'`,
  )
  expect(await findNamedRun('2031')).toBe(undefined)
  expect(await findNamedRun('')).toBe(undefined)
})

test.each([
  ['a folder without runs', undefined],
  ['an empty folder runs', 'runs/mnist-digits'],
])('of %s there is no latest run, and the error says where it looked', async (_, folder) => {
  enterProject()
  if (folder !== undefined) mkdirSync(folder, { recursive: true })
  await expect(findNamedRun('latest')).rejects.toThrow(
    "'latest' is the newest run in the folder runs, and there is none, expected the path of a run",
  )
})
