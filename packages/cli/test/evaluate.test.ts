import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { randomStream } from '@gankit/core'
import { encodePng } from '@gankit/visualization'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { gankit, refusal } from './gankit.ts'

const folder = mkdtempSync(join(tmpdir(), 'gankit-evaluate-'))
const at = (name: string) => join(folder, name)
beforeAll(() => {
  vi.stubEnv('GANKIT_CACHE', at('cache'))
  for (const name of ['noise', 'gray', 'one']) mkdirSync(at(name))
  const random = randomStream(1, 'pictures')
  const picture = (level: () => number, side = 16) =>
    encodePng({
      width: side,
      height: side,
      channels: 1,
      data: Uint8Array.from({ length: side * side }, level),
    })
  for (let i = 0; i < 40; i++) {
    const levels = random.uniform(256, 0, 256)
    let next = 0
    writeFileSync(
      at(`noise/${i}.png`),
      picture(() => levels[next++]!),
    )
    writeFileSync(
      at(`gray/${i}.png`),
      picture(() => 128, 20),
    )
  }
  writeFileSync(
    at('one/1.png'),
    picture(() => 128),
  )
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const small = ['--size', '16', '--channels', '1', '--backend', 'cpu']
const words = (source: string, ...flags: readonly string[]) => ['evaluate', at(source), ...small, ...flags]
const against = (name: string) => ['--against', at(name)]

test.each<[string, string, string[], string]>([
  [
    'pictures against nothing',
    'noise',
    [],
    'noise is to be compared with: name them with --against, such as',
  ],
  [
    'an unknown metric',
    'noise',
    [...against('noise'), '--metrics', 'fid'],
    "--metrics names 'fid', expected some of",
  ],
  [
    'an unknown extractor',
    'noise',
    [...against('noise'), '--extractor', 'vgg'],
    "--extractor is 'vgg', expected digits, cartoon-faces, birds, pixels",
  ],
  ['too few pictures', 'one', against('noise'), 'one has 1 samples, expected at least 4'],
  ['more than there are', 'noise', [...against('noise'), '--count', '41'], '--count is 41 and'],
  [
    'too few real samples',
    'noise',
    [...against('noise'), '--count', '30'],
    'has 40 samples, expected 60: half of them',
  ],
  [
    'an extractor of another shape',
    'noise',
    [...against('noise'), '--extractor', 'digits'],
    "--extractor is 'digits', which takes 28×28×1, and the samples are 16×16×1",
  ],
  ['constant images', 'gray', against('noise'), 'images are one flat'],
  [
    'a metric that needs more samples',
    'noise',
    [...against('noise'), '--metrics', 'frechet-distance'],
    'expected more samples than features',
  ],
  [
    'a path length of pictures',
    'noise',
    [...against('noise'), '--metrics', 'perceptual-path-length'],
    'there are pictures and no generator',
  ],
  ['a picture of neighbors that is no PNG', 'noise', ['--neighbors', 'near.jpg'], 'ends in .png'],
])('%s is refused', async (_, source, flags, message) => {
  expect(await refusal(...words(source, ...flags))).toContain(message)
})

test('two folders of other sizes are both brought to the smaller one, and the result says so', async () => {
  mkdirSync(at('large'))
  const random = randomStream(2, 'large')
  for (let i = 0; i < 40; i++) {
    const data = Uint8Array.from(random.uniform(24 * 36, 0, 256))
    writeFileSync(at(`large/${i}.png`), encodePng({ width: 24, height: 36, channels: 1, data }))
  }
  const flags = ['--backend', 'cpu', '--metrics', 'precision,coverage', '--json']
  const evaluateOf = async (source: string, real: string, ...more: string[]) => {
    const outcome = await gankit('evaluate', at(source), ...against(real), ...flags, ...more)
    expect(outcome.code, outcome.err).toBe(0)
    return JSON.parse(outcome.out)
  }
  const resizing = { size: [16, 16], kernel: 'lanczos3', antialiased: true, enlarged: [] }
  expect((await evaluateOf('large', 'noise')).resizing).toEqual({ ...resizing, fakes: '36×24', real: null })
  expect((await evaluateOf('noise', 'large')).resizing).toEqual({ ...resizing, fakes: null, real: '36×24' })
  expect((await evaluateOf('noise', 'noise')).resizing).toBe(null)
  expect((await evaluateOf('noise', 'large', '--size', '24')).resizing).toEqual({
    ...resizing,
    size: [24, 24],
    fakes: '16×16',
    real: '36×24',
    enlarged: ['fakes'],
  })
  // The extractor takes one size only.
  expect((await evaluateOf('noise', 'large', '--extractor', 'digits', '--channels', '1')).resizing).toEqual({
    ...resizing,
    size: [28, 28],
    fakes: '16×16',
    real: '36×24',
    enlarged: ['fakes', 'real'],
  })
  const text = await gankit(...['evaluate', at('large'), ...against('noise'), ...flags.slice(0, -1)])
  expect(text.out).toContain('fakes of 36×24 were resized to 16×16 (lanczos3, antialiased)\n')
})

test('below the table it says what the figures mean together', async () => {
  const picked = ['--metrics', 'precision,recall,density,coverage,data-copying-p']
  const told = await gankit(...words('noise', ...against('noise'), ...picked))
  const json = await gankit(...words('noise', ...against('noise'), ...picked, '--json'))
  const { verdict } = JSON.parse(json.out)
  expect(verdict.sentences.length).toBeGreaterThanOrEqual(2)
  expect(told.out.endsWith(`\n\n${verdict.sentences.join('\n')}\n`)).toBe(true)
  const none = await gankit(...words('noise', ...against('noise'), '--metrics', 'kid', '--json'))
  expect(JSON.parse(none.out).verdict).toBe(null)
})

test('pictures of two sizes are held against each other at the size of the real ones', async () => {
  const flags = ['--size', '12', '--metrics', 'coverage,kid', '--json']
  const outcome = await gankit(...words('noise', ...against('noise'), ...flags))
  expect(outcome.code, outcome.err).toBe(0)
  const { metrics, skipped, count, against: real, extractor } = JSON.parse(outcome.out)
  // The fakes are the real samples: half of them are the reference itself.
  expect(metrics.coverage.value).toBeGreaterThan(metrics.coverage.floor)
  expect({ skipped, count, extractor: extractor.name }).toEqual({
    skipped: {},
    count: 20,
    extractor: 'pixels',
  })
  expect(real).toBe(`folder:${at('noise')}`)
})
