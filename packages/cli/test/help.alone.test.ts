import { expect, test, vi } from 'vitest'
import { gankit } from './gankit.ts'

// What takes long to load. A module that is imported all the same fails the test, and the error names it.
const slow = vi.hoisted(() => (name: string) => () => {
  throw new Error(`${name} was loaded, expected nothing that takes long`)
})
vi.mock('@tensorflow/tfjs', slow('@tensorflow/tfjs'))
vi.mock('@gankit/core', slow('@gankit/core'))
vi.mock('@gankit/datasets', slow('@gankit/datasets'))
vi.mock('@gankit/datasets/node', slow('@gankit/datasets/node'))
vi.mock('@gankit/experiment', slow('@gankit/experiment'))
vi.mock('@gankit/losses', slow('@gankit/losses'))
vi.mock('@gankit/metrics', slow('@gankit/metrics'))
vi.mock('@gankit/runtime/node', slow('@gankit/runtime/node'))
vi.mock('@gankit/trainer', slow('@gankit/trainer'))
vi.mock('@gankit/visualization', slow('@gankit/visualization'))

test.each([
  ['--help'],
  ['train', '--help'],
  ['evaluate', '--help'],
  ['sample', '--help'],
  ['runs', '--help'],
  ['data', 'inspect', '--help'],
  ['backends', 'install', '--help'],
])('gankit %s %s loads commander and its flags alone', async (...words) => {
  const { code, out, err } = await gankit(...words)
  expect(err).toBe('')
  expect(code).toBe(0)
  expect(out).toContain('Usage: gankit')
})

test('a command that does something would be noticed', async () => {
  const { code, err } = await gankit('data', 'kinds')
  expect(code).toBe(1)
  // Vitest's own words for a module whose stand-in throws.
  expect(err).toContain('an error when mocking a module')
})

test('bad flags are refused without loading anything either', async () => {
  expect(await gankit('train', 'x', '--steps', '0')).toEqual({
    code: 2,
    out: '',
    err: "[gankit/cli] option '--steps <n>' argument '0' is invalid. Expected a whole number from 1 to 9007199254740991.\n",
  })
})
