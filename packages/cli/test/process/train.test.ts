import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { filesBelow, gankit, scratch, start } from '@gankit/testkit/command'
import { expect, test } from 'vitest'
import { gankit as call } from '../gankit.ts'
import { useProject } from '../project.ts'

// The command in a process of its own: its exit codes, signals, and what a person sees. The tests beside this folder call it,
// as these do for what follows a run.
useProject('shared')
const small = ['train', 'mnist-digits', '--batch', '16', '--latent', '8', '--seed', '1'] as const
const json = (text: string) => JSON.parse(text)

test('a run leaves what architecture.md says, and its generator can be sampled', async () => {
  const folder = scratch()
  const { code, out, err } = await gankit([...small, '--steps', '3', '--out', 'run'], folder)
  expect(err).toContain('Backend  wasm')
  expect(err).toContain('3/3')
  expect(code).toBe(0)
  expect(out).toContain('next   npx gankit sample run --count 100 --out samples.png')
  expect(out + err, 'no pictures where nobody can see them').not.toMatch(/[⠀-⣿█]/)
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
    'samples/real.png',
  ])
  const config = json(readFileSync(join(folder, 'run', 'config.json'), 'utf8'))
  expect(config).toMatchObject({ app: 'mnist-digits', preset: 'quick', data: 'embedded', seed: 1 })
  expect(config.training).toMatchObject({ steps: 3, batch: 16, latentSize: 8 })

  for (const source of ['run', 'run/model']) {
    const file = join(folder, 'new', 'digits.png')
    const sampled = await call('sample', join(folder, source), '--count', '5', '--out', file)
    expect(sampled.err).toBe('')
    expect(sampled.code).toBe(0)
    const png = readFileSync(file)
    expect(png.subarray(1, 4).toString()).toBe('PNG')
    // Five samples in a grid of 3 by 2, each 28 pixels doubled, with gaps of 2.
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([3 * 56 + 2 * 2, 2 * 56 + 2])
  }
})

test.each([
  ['SIGINT', 130],
  ['SIGTERM', 143],
  ['SIGHUP', 129],
] as const)('%s ends the step, saves, says how to go on, and exits with %i', async (signal, code) => {
  const folder = scratch()
  const command = start([...small, '--steps', '1000000', '--out', 'run'], folder)
  await command.says('/1000000')
  command.kill(signal)
  const ended = await command.ended
  expect(ended.code).toBe(code)
  const [, step] = /stopped after step (\d+); go on: npx gankit train --resume run/.exec(ended.out)!
  expect(filesBelow(join(folder, 'run', 'checkpoints'))).toContain(step!.padStart(6, '0'))
  const more = await call(
    ...['train', '--resume', join(folder, 'run'), '--steps', String(Number(step) + 2), '--json'],
  )
  expect(json(more.out)).toMatchObject({ steps: Number(step) + 2 })
  const config = json(readFileSync(join(folder, 'run', 'config.json'), 'utf8'))
  expect(config.training.steps).toBe(Number(step) + 2)
})

test('the help names the flags, the version is a version', async () => {
  const folder = scratch()
  const help = await gankit(['train', '--help'], folder)
  expect(help.code).toBe(0)
  for (const flag of ['--preset', '--data', '--resume', '--json', '--seed']) expect(help.out).toContain(flag)
  const nothing = await gankit([], folder)
  expect(nothing.code).toBe(2)
  expect(nothing.err).toContain('train [options] [app]')
  expect(nothing.err).not.toContain('outputHelp')
  expect((await gankit(['--version'], folder)).out).toMatch(/^\d+\.\d+\.\d+\n$/)
})

test('help loads nothing of TensorFlow.js, and a command that computes does', async () => {
  const folder = scratch()
  // Says at the end how many modules of TensorFlow.js the process has loaded.
  const count = "Object.keys(module._cache).filter(file => file.includes('@tensorflow')).length"
  const script = `import module from 'node:module'; process.on('exit', () => console.error('loaded', ${count}))`
  const env = { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(script)}` }
  for (const words of [['--help'], ['train', '--help']]) {
    const { code, err } = await gankit(words, folder, env)
    expect({ code, err }, words.join(' ')).toEqual({ code: 0, err: 'loaded 0\n' })
  }
  expect((await gankit(['summary', 'mnist-digits'], folder, env)).err).toMatch(/^loaded [1-9]\d*\n$/)
})

test('a reader that goes away ends no training', async () => {
  const folder = scratch()
  const words = [...small, '--steps', '40', '--sample-every', '10', '--out', 'run']
  const command = start(words, folder)
  await command.says('Run ')
  command.stopReading()
  expect((await command.ended).code).toBe(0)
  expect(filesBelow(join(folder, 'run'))).toContain('report.html')
})

test('a second signal ends a run in the middle of a long step', async () => {
  const folder = scratch()
  // A step of some seconds, which WebAssembly takes without listening.
  const long = [
    'train',
    'mnist-digits',
    '--preset',
    'full',
    '--batch',
    '6000',
    '--threads',
    '1',
    '--steps',
    '1000',
  ]
  const command = start([...long, '--out', 'run'], folder)
  await command.says('Run ')
  const signals = setInterval(() => command.kill('SIGINT'), 700)
  const ended = await command.ended
  clearInterval(signals)
  expect(ended.err).toContain(
    'once more (Ctrl-C or SIGTERM) ends at once, with what the last checkpoint holds',
  )
  // 130 where the main thread heard it, and none where it was in a step.
  expect([130, null]).toContain(ended.code)
  expect(filesBelow(join(folder, 'run'))).not.toContain('report.html')
})
