import { readdirSync, readFileSync } from 'node:fs'
import { readRun } from '@gankit/experiment/node'
import { expect, test } from 'vitest'
import { gankit, refusal } from './gankit.ts'
import { useProject } from './project.ts'

// An app of another scope, installed as npm installs it, which learns points: nothing in the command takes samples for images.
useProject('shared')

const train = ['train', 'tiny-points', '--backend', 'cpu', '--seed', '1'] as const

test('points are trained, plotted, listed, resumed bit for bit, and sampled', async () => {
  const whole = await gankit(...train, '--steps', '9', '--json', '--out', 'whole')
  expect(whole.err).toContain('200 samples of 2')
  expect(whole.code).toBe(0)
  const result = JSON.parse(whole.out)
  expect(result).toMatchObject({ app: 'tiny-points', steps: 9, samplesSeen: 144 })
  expect(Object.keys(result.scalars)).toEqual(
    expect.arrayContaining(['discriminator/loss', 'generator/loss', 'discriminator/real']),
  )
  expect(readdirSync('whole/samples')).toEqual([
    '000000.png',
    '000003.png',
    '000006.png',
    '000009.png',
    'real.png',
  ])

  await gankit(...train, '--steps', '4', '--out', 'parts')
  const resumed = await gankit('train', '--resume', 'parts', '--backend', 'cpu', '--steps', '9', '--json')
  expect(JSON.parse(resumed.out).weightsSha256).toBe(result.weightsSha256)

  const { history, config } = await readRun('whole')
  expect(config?.training).toMatchObject({ steps: 9, latentSize: 4 })
  expect(history.scalars).toContainEqual(expect.objectContaining({ name: 'generator/loss', label: 'G' }))
  expect(history.points.at(-1)!.scalars['generator/loss']).toBeCloseTo(result.scalars['generator/loss'], 6)

  const listed = JSON.parse((await gankit('runs', '.', '--json')).out)
  expect(listed.runs).toHaveLength(2)
  expect(listed.runs[0]).toMatchObject({ app: 'tiny-points', step: 9, state: 'done', version: 3 })
  const inspected = await gankit('inspect', 'whole')
  expect(inspected.out).toContain('tiny-points, preset quick, seed 1')
  expect(readFileSync('whole/report.html', 'utf8')).toContain('loss, last')

  const sampled = await gankit('sample', 'whole', '--count', '50', '--out', 'points.png')
  expect(sampled).toMatchObject({ code: 0, err: '' })
  expect(readFileSync('points.png').subarray(1, 4).toString()).toBe('PNG')
})

test('what a run can’t change is refused, and what it may needs to be accepted', async () => {
  await gankit(...train, '--steps', '2', '--out', 'kept')
  const resume = (...words: string[]) => refusal('train', '--resume', 'kept', '--backend', 'cpu', ...words)
  expect(await resume('--latent', '5')).toContain('--latent is 4 in the run, 5 here')
  expect(await resume('--batch', '8')).toContain('add --accept-changes')
  expect(await resume('--seed', '2')).toContain('That never changes in a run')
  const accepted = await gankit(
    ...['train', '--resume', 'kept', '--backend', 'cpu', '--steps', '3', '--batch', '8', '--accept-changes'],
  )
  expect(accepted.err).toContain('accepted: --batch is 16 in the run, 8 here')
  expect(accepted.code).toBe(0)
})

test('data of another kind, an unknown preset and settings out of range leave nothing behind', async () => {
  expect(await refusal(...train, '--data', 'embedded', '--out', 'none')).toContain("data is 'embedded'")
  expect(await refusal(...train, '--preset', 'slow', '--out', 'none')).toContain(
    "preset of tiny-points is 'slow', expected one of: quick",
  )
  expect(await refusal(...train, '--objective', 'hing', '--out', 'none')).toContain("objective is 'hing'")
  expect(readdirSync('.')).not.toContain('none')
})
