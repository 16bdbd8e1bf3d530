import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { gzipSync } from 'node:zlib'
import { tree } from '@gankit/testkit/scratch'
import { expect, test } from 'vitest'
import { gankit } from './gankit.ts'
import { useProject } from './project.ts'

useProject()

const small = ['train', 'mnist-digits', '--batch', '16', '--latent', '8', '--seed', '1'] as const
const run = (...words: string[]) => gankit(...small, ...words)
const json = (text: string) => JSON.parse(text)

test('--json prints one object, and the same seed gives the same one', async () => {
  const first = await run('--steps', '4', '--json', '--out', 'a')
  const second = await run('--steps', '4', '--json', '--out', 'b')
  const other = await run('--steps', '4', '--json', '--out', 'c', '--seed', '2')
  const result = json(first.out)
  expect(Object.keys(result)).toEqual([
    'app',
    'preset',
    'steps',
    'samplesSeen',
    'seconds',
    'samplesPerSecond',
    'backend',
    'threads',
    'precision',
    'seed',
    'scalars',
    'weightsSha256',
    'run',
  ])
  expect(result).toMatchObject({ steps: 4, samplesSeen: 64, seed: 1, run: resolve('a') })
  const numbers = ({ scalars, weightsSha256 }: Record<string, unknown>) => ({ scalars, weightsSha256 })
  expect(numbers(json(second.out))).toEqual(numbers(result))
  expect(json(other.out).weightsSha256).not.toBe(result.weightsSha256)
})

test('a run that goes on ends where an uninterrupted one does, bit for bit', async () => {
  await run('--steps', '5', '--out', 'two-parts')
  const resumed = await gankit('train', '--resume', 'two-parts', '--steps', '9', '--json')
  const whole = await run('--steps', '9', '--json', '--out', 'whole')
  expect(json(resumed.out)).toMatchObject({ steps: 9, samplesSeen: 144, run: resolve('two-parts') })
  expect(json(resumed.out).weightsSha256).toBe(json(whole.out).weightsSha256)
})

test.each(['', '.gz'])('IDX files of another size are read and trained on (%s)', async ending => {
  const pixels = Array.from({ length: 40 * 12 * 10 }, (_, i) => (i * 7) % 256)
  const idx = Buffer.from([0, 0, 8, 3, 0, 0, 0, 40, 0, 0, 0, 12, 0, 0, 0, 10, ...pixels])
  mkdirSync('数字 ✍')
  writeFileSync(join('数字 ✍', `train-images-idx3-ubyte${ending}`), ending ? gzipSync(idx) : idx)
  const { err, out } = await run('--data', '数字 ✍', '--steps', '3', '--json', '--out', 'run')
  expect(err).toContain('40 samples of 12×10×1')
  expect(json(out)).toMatchObject({ steps: 3, samplesSeen: 48 })
  const png = readFileSync(join('run', 'samples', '000003.png'))
  expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([8 * 20 + 7 * 2, 8 * 24 + 7 * 2])
})

test.each(['full', 'algorithm-1'])('preset %s trains', async preset => {
  const { code, out } = await run('--preset', preset, '--steps', '2', '--json')
  expect(code).toBe(0)
  const { scalars } = json(out)
  for (const player of ['discriminator', 'generator'])
    expect(Number.isFinite(scalars[`${player}/loss`]), player).toBe(true)
})

test('every objective and optimizer trains, with k = 2', { timeout: 400_000 }, async () => {
  for (const [objective, optimizer] of [
    ['minimax', 'momentum'],
    ['signed-minimax', 'rmsprop'],
    ['non-saturating', 'sgd'],
    ['least-squares', 'adam'],
    ['hinge', 'adam'],
    ['wasserstein-gp', 'adam'],
  ] as const) {
    const { out } = await run(
      ...['--objective', objective, '--optimizer', optimizer, '--discriminator-steps', '2'],
      ...['--steps', '2', '--json'],
    )
    expect(json(out), objective).toMatchObject({ steps: 2, samplesSeen: 64 })
  }
})

test('the other flags that say how to train reach the configuration, and a penalty trains', async () => {
  const words = [
    ...['--steps', '4', '--warm-up-discriminator', '2', '--r1', '0.5', '--label-smoothing', '0.1'],
    ...['--learning-rate-g', '0.001', '--clip-norm', '5', '--instance-noise', '0.1', '--simultaneous'],
    ...['--tensorboard', '--no-doctor', '--keep', '1', '--json', '--out', 'run'],
  ]
  const { out, code } = await run(...words)
  expect(code).toBe(0)
  expect(Number.isFinite(json(out).scalars['generator/loss'])).toBe(true)
  const { training } = json(readFileSync(join('run', 'config.json'), 'utf8'))
  expect(training).toMatchObject({
    warmUpDiscriminator: 2,
    simultaneous: true,
    clipNorm: { generator: 5, discriminator: 5 },
    instanceNoise: 0.1,
    objective: {
      name: 'non-saturating',
      labelSmoothing: 0.1,
      penalties: [{ name: 'r1', gamma: 0.5 }],
    },
    optimizers: { generator: { learningRate: 0.001 }, discriminator: { learningRate: 0.002 } },
  })
  expect(tree(join('run', 'tensorboard'))[0]).toMatch(/^events\.out\.tfevents\./)
})

test('a run ends when its time is up, and can go on', async () => {
  const ended = await run('--steps', '1000000', '--time-limit', '0.02', '--out', 'run')
  expect(ended.code).toBe(0)
  expect(ended.out).toContain('stopped because 1.2 s have passed, its time limit')
  expect(ended.out).toContain('go on: npx gankit train --resume run')
})

test('the doctor names a run at a learning rate that is far too high within 100 steps', async () => {
  const { err } = await run('--learning-rate', '10', '--steps', '100', '--out', 'run')
  expect(err).toMatch(/Doctor {3}step (50|100), diverged: the loss of [DG] is /)
})

test('losses that are never finite end the run with its own code, at its last good state', async () => {
  const ended = await run(
    ...['--learning-rate', '1e30', '--optimizer', 'sgd', '--objective', 'wasserstein-gp'],
    ...['--steps', '50', '--out', 'run'],
  )
  expect(ended.code).toBe(3)
  expect(ended.err).toMatch(/Guard {4}step \d+: .*not finite; back to step 0, try 1 of 3/)
  expect(ended.err).toContain('no try of 3 is left; the run ends at step 0')
  expect(ended.err).not.toContain('try 4 of 3')
  expect(ended.out).toContain('was not finite after step')
  const events = readFileSync(join('run', 'events.jsonl'), 'utf8').trim().split('\n').map(json)
  expect(events.filter(({ type }) => type === 'rollback')).toHaveLength(4)
  expect(events.find(({ type }) => type === 'end')).toMatchObject({ reason: 'failed', step: 0 })
})
