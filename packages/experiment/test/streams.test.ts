import { distributionDataset, ring, twoMoons } from '@gankit/datasets'
import type { Game } from '@gankit/trainer'
import { describe, expect, test } from 'vitest'
import {
  buildTrainer,
  checkPairs,
  checkRunConfig,
  chooseStreamSeed,
  defineApp,
  isPairedStream,
  listStreamNames,
  listStreams,
  mapStreams,
  planConfig,
  type RunConfig,
  resumeConfig,
  type StreamsApp,
  splitPairs,
} from '../src/index.ts'

const adam = { name: 'adam', learningRate: 1e-3 } as const
const training = {
  steps: 10,
  batch: 4,
  latentSize: 2,
  discriminatorSteps: 1,
  objective: 'hinge',
  optimizers: { generator: adam, discriminator: adam },
  sampleEvery: 5,
} as const
const kinds = { samples: 'points' } as const
const definition: StreamsApp<null, 'photos' | 'paintings'> = {
  name: 'translator',
  title: 'Photos to paintings',
  presets: { quick: { description: 'a look', model: null, training } },
  defaultPreset: 'quick',
  streams: { photos: { default: 'ring', kinds }, paintings: { kinds } },
  createGame: () => ({ streams: ['photos', 'prints'] }) as unknown as Game,
}
const app = defineApp(definition)
const versions = { gankit: '0', tfjs: '4', node: '20' }
const data = {
  streams: {
    photos: { data: 'ring', dataOptions: {} },
    paintings: { data: 'grid:50', dataOptions: { dataSeed: 3 } },
  },
}
const planned = planConfig(app, { seed: 7 }, data, versions)
const config = {
  ...planned,
  ...mapStreams(data, plan => ({ ...plan, dataset: { size: 50, sampleShape: [2] } })),
  backend: { name: 'cpu', threads: 1, precision: 'float32' },
} as RunConfig

test('a configuration has the data of several streams by name, and is read back', () => {
  expect(planned).toMatchObject(data)
  expect(planned).not.toHaveProperty('data')
  expect(checkRunConfig(JSON.parse(JSON.stringify(config)), 'run/config.json')).toEqual(config)
  expect(listStreams(config).map(([name, { data }]) => [name, data])).toEqual([
    ['photos', 'ring'],
    ['paintings', 'grid:50'],
  ])
  expect(() => planConfig(app, { conditional: ['class'] }, data, versions)).toThrow('reads several streams')
})

test.each<[string, object, string]>([
  ['no stream', { streams: {} }, 'streams is'],
  ['a stream without its dataset', { streams: data.streams }, 'streams.photos.dataset is undefined'],
  ['data beside the streams', { data: 'ring' }, 'data is'],
])('a configuration with %s is refused', (_, changes, message) => {
  expect(() => checkRunConfig({ ...config, ...changes }, 'c')).toThrow(message)
})

test('a resumed run compares its streams one by one, and may change their data where that is accepted', () => {
  const resume = (
    streams: Record<string, { data?: string; dataOptions?: { dataSeed: number } }>,
    accept = false,
  ) => resumeConfig('runs/a', config, config, { streams }, accept)
  expect(resume({ photos: { data: 'ring' } })).toEqual({ config, newEpoch: false, accepted: [] })
  expect(() => resume({ paintings: { dataOptions: { dataSeed: 4 } } })).toThrow(
    '--data-seed of paintings is 3 in the run, 4 here. Leave it as it was, or add --accept-changes',
  )
  const accepted = resume({ photos: { data: 'moons' } }, true)
  expect(accepted).toMatchObject({ newEpoch: true, config: { streams: { photos: { data: 'moons' } } } })
  const { paintings } = config.streams!
  const lacking = { ...config, streams: { paintings: paintings! } } as RunConfig
  expect(() => resumeConfig('runs/a', lacking, config, {}, true)).toThrow('That never changes in a run')
})

test('names of streams can be typed, and those that samples name are there', () => {
  const define = (changes: object) => () => defineApp({ ...definition, ...changes })
  expect(define({ streams: {} })).toThrow('translator has no stream, expected streams with names')
  expect(define({ streams: { 'a=b': { kinds } } })).toThrow("translator has a stream 'a=b'")
  expect(define({ samples: { from: 'prints' } })).toThrow(
    "samples.from of translator is 'prints', expected one of: photos, paintings",
  )
})

test('outputs are measured beside targets only where samples belong together', () => {
  const samples = { from: 'photos', like: 'paintings', measures: ['psnr-y'] } as const
  const define = (changes: object) => () => defineApp({ ...definition, ...changes })
  expect(define({ samples, paired: true })).not.toThrow()
  for (const changes of [
    { samples },
    { samples: { ...samples, from: undefined }, paired: true },
    { samples: { ...samples, like: undefined }, paired: true },
    { samples: { ...samples, measures: [] }, paired: true },
  ])
    expect(define(changes)).toThrow('expected some, together with paired, samples.from and samples.like')
})

test('a tenth of the pairs is held out, half of it for the test, spread evenly', () => {
  for (const size of [4, 5, 9, 10, 39, 40, 1000, 9_999, 10_000, 123_456]) {
    const { training, validation, test } = splitPairs(size)!
    const each = Math.min(500, Math.max(1, Math.round(size / 20)))
    expect([validation.length, test.length]).toEqual([each, each])
    const all = [...training, ...validation, ...test]
    expect(new Set(all).size).toBe(size)
    expect(Math.max(...validation, ...test)).toBeLessThan(size)
    expect([...training]).toEqual([...training].toSorted((a, b) => a - b))
    // Neither part leaves out a stretch of the data.
    for (const part of [validation, test])
      for (let i = 1; i < part.length; i++) expect(part[i]! - part[i - 1]!).toBeLessThan((2 * size) / each)
  }
  expect([...splitPairs(40)!.validation]).toEqual([5, 25])
  expect([...splitPairs(40)!.test]).toEqual([15, 35])
  expect(splitPairs(3)).toBeUndefined()
})

test('a trainer is refused data of other streams, and a game that reads others', async () => {
  const shape = { sampleShape: [2] }
  const build = (samples: Parameters<typeof buildTrainer>[2]) =>
    buildTrainer(app, { model: null, training, seed: 1 }, samples)
  await expect(build(shape)).rejects.toThrow(
    'translator got data for a stream without a name, expected photos, paintings',
  )
  await expect(build({ streams: { photos: shape } })).rejects.toThrow(
    'got data for the streams photos, expected photos, paintings',
  )
  await expect(build({ streams: { photos: shape, paintings: shape } })).rejects.toThrow(
    'the game of translator reads the streams photos, prints, and its app has photos, paintings',
  )
})

test('an only stream has the seed of the run, as pairs have; others have one each', () => {
  expect(chooseStreamSeed(5, undefined)).toBe(5)
  expect(chooseStreamSeed(5, 'photos', true)).toBe(5)
  const seeds = [
    chooseStreamSeed(5, 'photos'),
    chooseStreamSeed(5, 'paintings'),
    chooseStreamSeed(6, 'photos'),
  ]
  expect(new Set([5, ...seeds]).size).toBe(4)
  expect(chooseStreamSeed(5, 'photos')).toBe(seeds[0])
})

test('pairs have as many samples on both sides, and none that was skipped', () => {
  const photos = distributionDataset(ring(), { size: 20 })
  const paintings = distributionDataset(twoMoons(), { size: 21 })
  const paired = { ...app, paired: true }
  expect(() => checkPairs(app, { photos, paintings })).not.toThrow()
  expect(() => checkPairs(paired, { photos, paintings })).toThrow(
    'photos has 20 samples and paintings has 21 samples',
  )
  const skipped = [{ name: '3.png', why: 'is no picture' }]
  expect(() => checkPairs(paired, { photos, paintings: { ...photos, skipped } })).toThrow(
    'paintings lacks 1 file that was skipped, the first one because 3.png is no picture',
  )
  expect(() => checkPairs(paired, { photos, paintings: photos })).not.toThrow()
})

describe('an optional stream', () => {
  const streams = { ...definition.streams, sketches: { kinds, optional: true } } as const
  const read = ['photos', 'paintings']
  const define = (changes: object = {}) =>
    defineApp<null, 'photos' | 'paintings', 'sketches'>({ ...definition, streams, ...changes })

  test('is in a run where it has data, and the game is told so', async () => {
    const seen: string[][] = []
    const withSketches = define({
      createGame({ streams }: { streams: object }) {
        seen.push(Object.keys(streams))
        return { streams: read } as unknown as Game
      },
    })
    const shape = { sampleShape: [2] }
    const build = (given: object) =>
      buildTrainer(withSketches, { model: null, training, seed: 1 }, { streams: given as never })
    // The game has no networks: what it reads is looked at before.
    await expect(build({ photos: shape, paintings: shape, sketches: shape })).rejects.toThrow(
      'the game of translator reads the streams photos, paintings, and its app has photos, paintings, sketches',
    )
    await expect(build({ photos: shape, paintings: shape })).rejects.not.toThrow('reads the streams')
    expect(seen).toEqual([[...read, 'sketches'], read])
    await expect(build({ photos: shape, sketches: shape })).rejects.toThrow(
      'got data for the streams photos, sketches, expected photos, paintings, and sketches where there are data for it',
    )
    await expect(build({ photos: shape, paintings: shape, prints: shape })).rejects.toThrow(
      'photos, paintings, prints, expected',
    )
    expect(listStreamNames(withSketches)).toEqual(read)
  })

  test('is no part of pairs', () => {
    const paired = define({ paired: true })
    expect(['photos', 'paintings', 'sketches'].map(name => isPairedStream(paired, name))).toEqual([
      true,
      true,
      false,
    ])
    expect(isPairedStream(define(), 'photos')).toBe(false)
    const photos = distributionDataset(ring(), { size: 20 })
    const sketches = distributionDataset(twoMoons(), { size: 21 })
    expect(() => checkPairs(paired, { photos, paintings: photos, sketches })).not.toThrow()
    expect(() => checkPairs(paired, { photos, paintings: sketches, sketches })).toThrow('paintings has 21')
  })

  test('can be neither the only one nor what samples are made from', () => {
    expect(() => define({ streams: { sketches: streams.sketches } })).toThrow(
      'translator has no stream but optional ones, expected streams with names',
    )
    expect(() => define({ samples: { from: 'sketches' } })).toThrow(
      "samples.from of translator is 'sketches', expected one of: photos, paintings",
    )
  })
})
