import { readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { readRun } from '@gankit/experiment/node'
import sharp from 'sharp'
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
  // A figure shows real samples and fakes.
  const steps = ['000000', '000003', '000006', '000009']
  expect(readdirSync('whole/samples')).toEqual(steps.flatMap(step => [`${step}.png`, `${step}.svg`]))
  const figure = readFileSync('whole/samples/000009.svg', 'utf8')
  for (const text of ['real', 'lattice of z', 'D: fake', 'missed mode'])
    expect(figure).toContain(`>${text}</text>`)

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

test('the samples of a run become a GIF and an animated PNG, with a longer last frame', async () => {
  await gankit(...train, '--steps', '5', '--tensorboard', '--out', 'shown')
  const gif = await gankit('inspect', 'shown', '--animation', 'shown.gif', '--fps', '10', '--width', '200')
  expect(gif).toMatchObject({ code: 0, err: '' })
  expect(gif.out).toContain('animation shown.gif, 3 frames\n')
  const { pages, delay, width, pageHeight } = await sharp('shown.gif', { animated: true }).metadata()
  expect({ pages, delay, width }).toEqual({ pages: 3, delay: [100, 100, 2000], width: 200 })
  // Below the picture, which is 700 × 708, is a bar with the step.
  expect(pageHeight).toBe(Math.round((708 * 200) / 700) + 30)
  const bar = async (page: number) => {
    const area = { left: 0, top: pageHeight! - 30, width: 200, height: 3 }
    const pixels = await sharp('shown.gif', { page }).removeAlpha().extract(area).raw().toBuffer()
    return pixels.filter((level, i) => i % 3 === 0 && level < 100).length / 3
  }
  expect([await bar(0), await bar(2)]).toEqual([0, 200])

  const png = await gankit('inspect', 'shown', '--animation', 'shown.png', '--json')
  expect(JSON.parse(png.out).animation).toBe(join(process.cwd(), 'shown.png'))
  const file = readFileSync('shown.png')
  expect(file.readUInt32BE(file.indexOf('acTL') + 4)).toBe(3)
  // Viewers that know no animated PNG show the first frame.
  expect(await sharp('shown.png').metadata()).toMatchObject({ width: 700, height: 738 })
  const none = await refusal('inspect', 'shown', '--fps', '3')
  expect(none).toContain('--fps is given without --animation, expected both')
})

test('a run whose pictures are gone has no animation', async () => {
  await gankit(...train, '--steps', '1', '--out', 'bare')
  for (const name of readdirSync('bare/samples')) rmSync(join('bare/samples', name))
  expect(await refusal('inspect', 'bare', '--animation', 'bare.gif')).toContain(
    'bare has no picture of samples that can be read, expected some for --animation',
  )
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
