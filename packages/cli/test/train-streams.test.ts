import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { readRun } from '@gankit/experiment/node'
import { expect, test } from 'vitest'
import { hooks } from './apps/tiny-cycle/app.ts'
import { gankit, refusal } from './gankit.ts'
import { writePairs } from './pairs/write-pairs.ts'
import { useProject } from './project.ts'

// Apps whose games read several streams: a CycleGAN of points, and a pix2pix of small pictures.
useProject('shared')

const train = ['train', 'tiny-cycle', '--backend', 'cpu', '--seed', '1'] as const
const readJson = (file: string) => JSON.parse(readFileSync(file, 'utf8'))

test('a CycleGAN is trained, interrupted, resumed bit for bit, listed and inspected', async () => {
  const whole = await gankit(...train, '--steps', '9', '--json', '--tensorboard', '--out', 'whole')
  expect(whole.code, whole.err).toBe(0)
  expect(whole.err).toContain('Data     moons, moons:200: 200 samples of 2')
  expect(whole.err).toContain('Data     ring, ring:150: 150 samples of 2')
  const result = JSON.parse(whole.out)
  // Each step takes 16 samples of both streams.
  expect(result).toMatchObject({ app: 'tiny-cycle', steps: 9, samplesSeen: 9 * 32 })
  expect(Number.isFinite(result.scalars['generators/cycle'])).toBe(true)
  expect(readdirSync('whole/samples')).toEqual([
    '000000.png',
    '000003.png',
    '000006.png',
    '000009.png',
    'real.png',
  ])
  expect(readdirSync('whole/model').sort()).toEqual(['moons-to-ring', 'ring-to-moons'])
  expect(readJson('whole/config.json').streams).toEqual({
    moons: { data: 'moons:200', dataOptions: { dataSeed: 5 }, dataset: { size: 200, sampleShape: [2] } },
    ring: { data: 'ring:150', dataOptions: {}, dataset: { size: 150, sampleShape: [2] } },
  })
  const [events] = readdirSync('whole/tensorboard')
  expect(readFileSync(join('whole/tensorboard', events!), 'latin1')).toContain('samples')

  hooks.beforeStep = step => step === 4 && process.emit('SIGINT', 'SIGINT')
  const cut = await gankit(...train, '--steps', '9', '--out', 'cut')
  expect(cut.code).toBe(130)
  expect(cut.out).toContain('stopped after step 5; go on: npx gankit train --resume cut')
  expect(Object.keys(readJson('cut/checkpoints/000005/state.json').positions)).toEqual(['moons', 'ring'])
  hooks.beforeStep = () => {}
  const resumed = await gankit('train', '--resume', 'cut', '--backend', 'cpu', '--json')
  expect(resumed.code, resumed.err).toBe(0)
  expect(JSON.parse(resumed.out)).toMatchObject({ steps: 9, weightsSha256: result.weightsSha256 })

  const listed = JSON.parse((await gankit('runs', '.', '--json')).out)
  expect(listed.runs.map(({ app, state, step }: Record<string, unknown>) => [app, state, step])).toEqual([
    ['tiny-cycle', 'done', 9],
    ['tiny-cycle', 'done', 9],
  ])
  const inspected = await gankit('inspect', 'cut')
  expect(inspected.out).toContain('data      moons, moons:200, dataSeed 5\n')
  expect(inspected.out).toContain('data      ring, ring:150\n')
  expect(inspected.out, 'what it starts from is a stream').not.toContain('latent')
  const { config, curves } = JSON.parse((await gankit('inspect', 'cut', '--json')).out)
  expect(config.streams.ring.data).toBe('ring:150')
  expect(Object.keys(curves)).toContain('generators/cycle')
  expect(readFileSync('cut/report.html', 'utf8')).toContain('moons:200')
  expect((await readRun('cut')).history.scalars).toContainEqual(
    expect.objectContaining({ name: 'judge-ring/loss', equilibrium: 0.5 }),
  )
})

test('one of the generators of a CycleGAN is named, and evaluated on what its app says', async () => {
  const { code, err } = await gankit('train', 'tiny-cycle', '--backend', 'cpu', '--out', 'both')
  expect(code, err).toBe(0)
  expect(await refusal('evaluate', 'both', '--backend', 'cpu')).toContain(
    'both has several generators, expected --generator with one of: moons-to-ring, ring-to-moons',
  )
  expect(await refusal('evaluate', 'both', '--generator', 'moons')).toContain(
    "both has several generators, and none is named 'moons', expected --generator with one of",
  )
  const words = ['--metrics', 'kid', '--seeds', '1', '--backend', 'cpu', '--json']
  for (const [generator, against] of [
    ['moons-to-ring', 'ring:150'],
    ['ring-to-moons', 'moons:200'],
  ] as const) {
    const measured = await gankit('evaluate', 'both', '--generator', generator, ...words)
    expect(measured.code, measured.err).toBe(0)
    const result = JSON.parse(measured.out)
    expect(result).toMatchObject({ against, metrics: { kid: { metric: 'kid' } } })
  }
})

test('flags name a stream, or stand for all whose data take them', async () => {
  const words = ['--data', 'ring=grid:90', '--data-seed', '7', '--data-seed', 'moons=8', '--steps', '1']
  const { code, err } = await gankit(...train, ...words, '--out', 'named')
  expect(code, err).toBe(0)
  expect(readJson('named/config.json').streams).toMatchObject({
    moons: { data: 'moons:200', dataOptions: { dataSeed: 8 } },
    ring: { data: 'grid:90', dataOptions: { dataSeed: 7 } },
  })
  const resume = ['train', '--resume', 'named', '--backend', 'cpu', '--steps', '2'] as const
  const asBefore = ['--data', 'ring=grid:90', '--data-seed', 'ring=7']
  expect((await gankit(...resume, ...asBefore)).code).toBe(0)
  const others = [...resume, '--steps', '3', '--data', 'moons=moons:60'] as const
  expect(await refusal(...others)).toContain(
    '--data of moons is "moons:200" in the run, "moons:60" here. Leave it as it was, or add --accept-changes',
  )
  const accepted = await gankit(...others, '--accept-changes')
  expect(accepted.code, accepted.err).toBe(0)
  expect(accepted.err).toContain('accepted: --data of moons is "moons:200" in the run, "moons:60" here')
  // Two batches of the 12 and the 5 of an epoch were taken, so both streams begin their second epoch.
  expect(readJson('named/checkpoints/000003/state.json').positions).toEqual({
    moons: { epoch: 1, batch: 1 },
    ring: { epoch: 1, batch: 1 },
  })
})

test.each<[words: string[], message: string]>([
  [
    ['--data', 'ring:100'],
    "--data is 'ring:100', which names no stream, expected one of: moons=SPEC, ring=SPEC",
  ],
  [
    ['--data', 'paintings=ring'],
    "--data is 'paintings=ring', which names the stream 'paintings', expected one of: moons=SPEC",
  ],
  [['--data-seed', 'photos=1'], "the stream in --data-seed is 'photos', expected one of: moons, ring"],
  [['--style', 'personas'], "--style is given, and the data of moons, ring don't take it: leave it out"],
  [['--data', 'ring=embedded'], "data is 'embedded', expected one of"],
  [['--data-seed', 'ring=-1'], "option '--data-seed <n>' argument 'ring=-1' is invalid"],
  [['--conditional', 'class'], '--conditional is given, and the game of tiny-cycle reads several streams'],
])('%o is refused, and nothing is written', async (words, message) => {
  expect(await refusal(...train, ...words, '--out', 'none')).toContain(message)
  expect(existsSync('none')).toBe(false)
})

test('streams of pairs come in one order, and inputs are shown as their outputs', async () => {
  writePairs('pairs', 9)
  const words = [
    '--data',
    'input=pairs/input',
    '--data',
    'target=folder:pairs/target',
    '--steps',
    '5',
    '--crop',
    'target=8',
  ]
  const { code, err, out } = await gankit(
    'train',
    'tiny-pairs',
    ...words,
    '--backend',
    'cpu',
    '--out',
    'paired',
  )
  expect(code, err).toBe(0)
  expect(out).not.toContain('gankit sample')
  expect(readJson('paired/config.json').streams).toMatchObject({
    input: { data: `folder:${resolve('pairs/input')}`, dataset: { size: 9, sampleShape: [8, 8, 1] } },
    target: {
      dataOptions: { size: 8, channels: 3, crop: 8 },
      dataset: { size: 9, sampleShape: [8, 8, 3] },
    },
  })
  const png = readFileSync('paired/samples/000005.png')
  // Input, output and target, three times over.
  expect(png.readUInt32BE(16)).toBe(9 * 16 + 8 * 2)
  // Grays and the means of colors differ by less than their rounding only where each input meets its own target.
  const { points } = (await readRun('paired')).history
  expect(points).toHaveLength(5)
  for (const { scalars } of points) expect(scalars['generator/mismatch']).toBeLessThan(0.01)
})

test('pairs that don’t fit together are refused, and a stream without data', async () => {
  writePairs('some', 4)
  writePairs('more', 5)
  const refuse = (...words: string[]) =>
    refusal('train', 'tiny-pairs', '--backend', 'cpu', '--out', 'none', ...words)
  const input = ['--data', 'input=folder:some/input']
  expect(await refuse(...input, '--data', 'target=folder:more/target')).toBe(
    '[gankit/experiment] tiny-pairs learns from pairs, and input has 4 samples and target has 5 samples, expected sample n of one to belong to sample n of the others: name data with as many samples each',
  )
  expect(await refuse(...input)).toContain('the stream target has no data, expected --data target=SPEC')
  writeFileSync('more/target/002.png', 'no picture')
  const skipping = ['--data', 'target=folder:more/target', '--allow-skipped']
  expect(await refuse(...input, ...skipping)).toContain(
    'target lacks 1 file that was skipped, the first one because 002.png',
  )
  expect(existsSync('none')).toBe(false)
})
