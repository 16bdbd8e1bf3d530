import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Writable } from 'node:stream'
import { randomStream } from '@gankit/core'
import { encodePng } from '@gankit/visualization'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import type { EvaluateFlags } from '../src/evaluate/evaluate-flags.ts'
import { checkNeighbours } from '../src/evaluate/neighbours.ts'
import { runEvaluation } from '../src/evaluate/run-evaluation.ts'

const folder = mkdtempSync(join(tmpdir(), 'gankit-evaluate-'))
const at = (name: string) => join(folder, name)
beforeAll(() => {
  vi.stubEnv('GANKIT_CACHE', at('cache'))
  for (const name of ['noise', 'grey', 'plain', 'one']) mkdirSync(at(name))
  writeFileSync(at('plain/config.json'), '{}')
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
      at(`grey/${i}.png`),
      picture(() => 128, 20),
    )
  }
  writeFileSync(
    at('one/1.png'),
    picture(() => 128),
  )
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const silent = new Writable({ write: (_chunk, _encoding, done) => done() }) as unknown as NodeJS.WriteStream
const small = { size: 16, channels: 1 } as const
const run = (source: string, flags: Partial<EvaluateFlags>) =>
  runEvaluation(
    source,
    { seed: 0, seeds: 1, backend: 'cpu', ...flags },
    { out: silent, progress: silent },
    new AbortController().signal,
  )

test.each<[string, string, Partial<EvaluateFlags>, string]>([
  [
    'pictures against nothing',
    'noise',
    {},
    'noise should be like: name real samples with --against, such as',
  ],
  [
    'an unknown metric',
    'noise',
    { metrics: ['fid'] },
    "--metrics names 'fid', expected some of frechet-distance,",
  ],
  [
    'an unknown extractor',
    'noise',
    { extractor: 'vgg' },
    "--extractor is 'vgg', expected digits, cartoon-faces, pixels",
  ],
  ['too few pictures', 'one', { against: 'noise' }, 'one has 1 samples, expected at least 4'],
  ['more than there are', 'noise', { count: 41 }, '--count is 41 and'],
  [
    'too few real samples',
    'noise',
    { count: 30, against: 'noise' },
    'has 40 samples, expected 60: half of them',
  ],
  ['an extractor of another shape', 'noise', { extractor: 'digits' }, 'digits got images of shape'],
  ['constant images', 'grey', { against: 'noise' }, 'images are one flat'],
  ['a run without a best generator', 'plain', { best: true }, 'has kept no best generator'],
  [
    'a metric that needs more samples',
    'noise',
    { metrics: ['frechet-distance'] },
    'expected more samples than features',
  ],
  [
    'a path length of pictures',
    'noise',
    { metrics: ['perceptual-path-length'] },
    'there are pictures and no generator',
  ],
])('%s is refused', async (_, source, flags, message) => {
  const against = { against: at(flags.against ?? 'noise') }
  const asked = message.includes('name real samples') ? small : { ...small, ...flags, ...against }
  await expect(run(at(source), asked)).rejects.toThrow(message)
})

test('pictures of two sizes are held against each other at the size of the real ones', async () => {
  const { metrics, skipped, count, against, extractor } = await run(at('noise'), {
    against: at('noise'),
    size: 12,
    channels: 1,
    metrics: ['coverage', 'kid'],
  })
  // The fakes are the real samples: half of them are the reference itself.
  expect(metrics['coverage']!.value).toBeGreaterThan(metrics['coverage']!.floor!)
  expect({ skipped, count, extractor: extractor.name }).toEqual({
    skipped: {},
    count: 20,
    extractor: 'pixels',
  })
  expect(against).toBe(`folder:${at('noise')}`)
})

test('the picture of neighbours is a PNG', () => {
  expect(() => checkNeighbours('near.jpg')).toThrow(
    "--neighbors is 'near.jpg', expected a file name that ends in .png",
  )
  checkNeighbours('near.PNG')
  checkNeighbours(undefined)
})
