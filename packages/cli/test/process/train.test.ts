import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { filesBelow, gankit, scratch, start } from '@gankit/testkit/command'
import { describe, expect, test } from 'vitest'

const small = ['train', 'mnist-digits', '--batch', '16', '--latent', '8', '--seed', '1'] as const
const run = (folder: string, ...words: string[]) => gankit([...small, ...words], folder)
const json = (text: string) => JSON.parse(text)

describe.concurrent('gankit train and sample', () => {
  test('a run leaves what architecture.md says, and its generator can be sampled', async () => {
    const folder = scratch()
    const { code, out, err } = await run(folder, '--steps', '3', '--out', 'run')
    expect(err).toContain('Backend  wasm')
    expect(err).toContain('3/3')
    expect(code).toBe(0)
    expect(out).toContain('next   npx gankit sample run --count 100 --out samples.png')
    expect(out).toMatch(/[⠀-⣿]{14}/)
    expect(filesBelow(join(folder, 'run'))).toEqual([
      'checkpoints',
      'checkpoints/000003',
      'checkpoints/000003/arrays.safetensors',
      'checkpoints/000003/manifest.json',
      'checkpoints/000003/state.json',
      'config.json',
      'events.jsonl',
      'model',
      'model/model.json',
      'model/weights.bin',
      'report.html',
      'samples',
      'samples/000000.png',
      'samples/000003.png',
    ])
    const config = json(readFileSync(join(folder, 'run', 'config.json'), 'utf8'))
    expect(config).toMatchObject({ app: 'mnist-digits', preset: 'quick', data: 'embedded', seed: 1 })
    expect(config.training).toMatchObject({ steps: 3, batch: 16, latentSize: 8 })

    for (const source of ['run', 'run/model']) {
      const sampled = await gankit(['sample', source, '--count', '5', '--out', 'new/digits.png'], folder)
      expect(sampled.err).toBe('')
      expect(sampled.code).toBe(0)
      const png = readFileSync(join(folder, 'new', 'digits.png'))
      expect(png.subarray(1, 4).toString()).toBe('PNG')
      // Five samples in a grid of 3 by 2, each 28 pixels doubled, with gaps of 2.
      expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([3 * 56 + 2 * 2, 2 * 56 + 2])
    }
  })

  test('--json prints one object, and the same seed gives the same one', async () => {
    const folder = scratch()
    const [first, second, other] = await Promise.all([
      run(folder, '--steps', '4', '--json', '--out', 'a'),
      run(folder, '--steps', '4', '--json', '--out', 'b'),
      run(folder, '--steps', '4', '--json', '--out', 'c', '--seed', '2'),
    ])
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
    expect(result).toMatchObject({ steps: 4, samplesSeen: 64, seed: 1, run: join(folder, 'a') })
    const numbers = ({ scalars, weightsSha256 }: Record<string, unknown>) => ({ scalars, weightsSha256 })
    expect(numbers(json(second.out))).toEqual(numbers(result))
    expect(json(other.out).weightsSha256).not.toBe(result.weightsSha256)
  })

  test('a run that goes on ends where an uninterrupted one does, bit for bit', async () => {
    const folder = scratch()
    await run(folder, '--steps', '5', '--out', 'two-parts')
    const [resumed, whole] = await Promise.all([
      gankit(['train', '--resume', 'two-parts', '--steps', '9', '--json'], folder),
      run(folder, '--steps', '9', '--json', '--out', 'whole'),
    ])
    expect(json(resumed.out)).toMatchObject({ steps: 9, samplesSeen: 144, run: join(folder, 'two-parts') })
    expect(json(resumed.out).weightsSha256).toBe(json(whole.out).weightsSha256)
  })

  test.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('%s ends the step, saves, says how to go on, and exits with %i', async (signal, code) => {
    const folder = scratch()
    const command = start([...small, '--steps', '1000000', '--out', 'run'], folder)
    await command.says('/1000000')
    command.kill(signal)
    const ended = await command.ended
    expect(ended.code).toBe(code)
    const [, step] = /stopped after step (\d+); go on: npx gankit train --resume run/.exec(ended.out)!
    expect(filesBelow(join(folder, 'run', 'checkpoints'))).toContain(step!.padStart(6, '0'))
    const more = await gankit(
      ['train', '--resume', 'run', '--steps', String(Number(step) + 2), '--json'],
      folder,
    )
    expect(json(more.out)).toMatchObject({ steps: Number(step) + 2 })
    const config = json(readFileSync(join(folder, 'run', 'config.json'), 'utf8'))
    expect(config.training.steps).toBe(Number(step) + 2)
  })

  test.each(['', '.gz'])('IDX files of another size are read and trained on (%s)', async ending => {
    const folder = scratch()
    const pixels = Array.from({ length: 40 * 12 * 10 }, (_, i) => (i * 7) % 256)
    const idx = Buffer.from([0, 0, 8, 3, 0, 0, 0, 40, 0, 0, 0, 12, 0, 0, 0, 10, ...pixels])
    mkdirSync(join(folder, '数字 ✍'))
    writeFileSync(join(folder, '数字 ✍', `train-images-idx3-ubyte${ending}`), ending ? gzipSync(idx) : idx)
    const { err, out } = await run(folder, '--data', '数字 ✍', '--steps', '3', '--json', '--out', 'run')
    expect(err).toContain('40 samples of 12×10×1')
    expect(json(out)).toMatchObject({ steps: 3, samplesSeen: 48 })
    const png = readFileSync(join(folder, 'run', 'samples', '000003.png'))
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([8 * 20 + 7 * 2, 8 * 24 + 7 * 2])
  })

  test.each(['full', 'algorithm-1'])('preset %s trains', async preset => {
    const { code, out } = await run(scratch(), '--preset', preset, '--steps', '2', '--json')
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
        scratch(),
        ...['--objective', objective, '--optimizer', optimizer, '--discriminator-steps', '2'],
        ...['--steps', '2', '--json'],
      )
      expect(json(out), objective).toMatchObject({ steps: 2, samplesSeen: 64 })
    }
  })

  test('the other flags that say how to train reach the configuration, and a penalty trains', async () => {
    const folder = scratch()
    const words = [
      ...['--steps', '4', '--warm-up-discriminator', '2', '--r1', '0.5', '--label-smoothing', '0.1'],
      ...['--learning-rate-g', '0.001', '--clip-norm', '5', '--instance-noise', '0.1', '--simultaneous'],
      ...['--tensorboard', '--no-doctor', '--keep', '1', '--json', '--out', 'run'],
    ]
    const { out, code } = await run(folder, ...words)
    expect(code).toBe(0)
    expect(Number.isFinite(json(out).scalars['generator/loss'])).toBe(true)
    const { training } = json(readFileSync(join(folder, 'run', 'config.json'), 'utf8'))
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
    expect(filesBelow(join(folder, 'run', 'tensorboard'))[0]).toMatch(/^events\.out\.tfevents\./)
  })

  test('a run ends when its time is up, and can go on', async () => {
    const folder = scratch()
    const ended = await run(folder, '--steps', '1000000', '--time-limit', '0.02', '--out', 'run')
    expect(ended.code).toBe(0)
    expect(ended.out).toContain('stopped because 1.2 s have passed, its time limit')
    expect(ended.out).toContain('go on: npx gankit train --resume run')
  })

  test('figures that are never finite end the run with its own code, at its last good state', async () => {
    const folder = scratch()
    const ended = await run(
      folder,
      ...['--learning-rate', '1e30', '--optimizer', 'sgd', '--objective', 'wasserstein-gp'],
      ...['--steps', '50', '--out', 'run'],
    )
    expect(ended.code).toBe(3)
    expect(ended.err).toMatch(/Guard {4}step \d+: .*not finite; back to step 0, try 1 of 3/)
    expect(ended.out).toContain('was not finite after step')
    const events = readFileSync(join(folder, 'run', 'events.jsonl'), 'utf8')
      .trim()
      .split('\n')
      .map(json)
    expect(events.filter(({ type }) => type === 'rollback')).toHaveLength(4)
    expect(events.find(({ type }) => type === 'end')).toMatchObject({ reason: 'failed', step: 0 })
  })

  test('the help names the flags, the version is a version', async () => {
    const folder = scratch()
    const help = await gankit(['train', '--help'], folder)
    expect(help.code).toBe(0)
    for (const flag of ['--preset', '--data', '--resume', '--json', '--seed'])
      expect(help.out).toContain(flag)
    const nothing = await gankit([], folder)
    expect(nothing.code).toBe(2)
    expect(nothing.err).toContain('train [options] [app]')
    expect(nothing.err).not.toContain('outputHelp')
    expect((await gankit(['--version'], folder)).out).toMatch(/^\d+\.\d+\.\d+\n$/)
  })
})
