import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { readRun } from '@gankit/experiment/node'
import { expect, test } from 'vitest'
import { gankit, refusal } from './gankit.ts'
import { useProject } from './project.ts'

// An app without a scope whose game has three networks: nothing in the command knows of one generator and one discriminator.
useProject('shared')

const train = ['train', 'tiny-trio', '--backend', 'cpu', '--seed', '1'] as const

test('a game of three networks is trained, resumed bit for bit, inspected and sampled', async () => {
  const whole = await gankit(...train, '--steps', '9', '--json', '--out', 'whole')
  expect(whole.code, whole.err).toBe(0)
  const result = JSON.parse(whole.out)
  expect(result).toMatchObject({ app: 'tiny-trio', steps: 9, samplesSeen: 144 })
  const names = ['discriminator', 'encoder', 'generator'].flatMap(name => [
    `${name}/gradient`,
    `${name}/loss`,
  ])
  expect(Object.keys(result.scalars).sort()).toEqual([...names, 'generator/distance'].sort())
  for (const [name, value] of Object.entries(result.scalars)) expect(Number.isFinite(value), name).toBe(true)
  // A figure shows real samples and fakes.
  const steps = ['000000', '000003', '000006', '000009']
  expect(readdirSync('whole/samples')).toEqual(steps.flatMap(step => [`${step}.png`, `${step}.svg`]))
  expect(readdirSync('whole/model').sort()).toEqual(['model.json', 'weights.bin'])

  const part = await gankit(...train, '--steps', '4', '--json', '--out', 'parts')
  expect(JSON.parse(part.out).weightsSha256).not.toBe(result.weightsSha256)
  const resumed = await gankit('train', '--resume', 'parts', '--backend', 'cpu', '--steps', '9', '--json')
  expect(JSON.parse(resumed.out).weightsSha256).toBe(result.weightsSha256)

  const { history } = await readRun('whole')
  expect(history.scalars).toContainEqual({ name: 'encoder/loss', label: 'E', chart: 'loss' })
  const inspected = await gankit('inspect', 'whole', '--json')
  expect(Object.keys(JSON.parse(inspected.out).curves)).toContain('encoder/loss')

  const sampled = await gankit('sample', 'whole', '--count', '20', '--out', 'points.png')
  expect(sampled, sampled.err).toMatchObject({ code: 0, err: '' })
  expect(readFileSync('points.png').subarray(1, 4).toString()).toBe('PNG')
})

test('a run of version 2 is refused in one line by --resume, and listed all the same', async () => {
  const config = { version: 2, app: 'tiny-trio', preset: 'quick', training: { steps: 50, latent: 2 } }
  mkdirSync('old/run', { recursive: true })
  writeFileSync('old/run/config.json', JSON.stringify(config))
  const { code, out, err } = await gankit('train', '--resume', 'old/run')
  expect([code, out]).toEqual([2, ''])
  expect(err).toBe(
    "[gankit/experiment] --resume is 'old/run': old/run/config.json has version 2, expected 3: another version of gankit wrote it; start a new run\n",
  )
  expect(readdirSync('old/run')).toEqual(['config.json'])
  const listed = JSON.parse((await gankit('runs', 'old', '--json')).out)
  expect(listed.runs).toMatchObject([{ app: 'tiny-trio', preset: 'quick', steps: 50, version: 2 }])
  expect((await gankit('runs', 'old')).out).toContain('tiny-trio')
  expect(await refusal('sample', 'old/run', '--out', 'x.png')).toMatch(/^\[gankit\/.*old\/run/)
})
