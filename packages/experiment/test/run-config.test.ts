import { expect, test } from 'vitest'
import {
  checkRunConfig,
  defineApp,
  describeRunConfig,
  fitToDataset,
  planConfig,
  type RunConfig,
} from '../src/index.ts'

const adam = { name: 'adam', learningRate: 1e-3 } as const
const app = defineApp({
  name: 'points',
  title: 'Points',
  presets: {
    quick: {
      description: 'a look',
      model: { hidden: 4 },
      training: {
        steps: 10,
        batch: 4,
        latentSize: 2,
        discriminatorSteps: 1,
        objective: 'hinge' as const,
        optimizers: { generator: adam, discriminator: adam },
        augmentBelow: 300,
        sampleEvery: 5,
      },
    },
  },
  defaultPreset: 'quick',
  data: { default: 'ring', kinds: ['ring'] },
  createGan: () => {
    throw new Error('not here')
  },
})
const data = { data: 'ring', dataOptions: { dataSeed: 3 } }
const versions = { gankit: '0', tfjs: '4', node: '20' }
const planned = planConfig(app, { seed: 7, flags: { steps: 20, latent: 5 } }, data, versions)
const config = {
  ...planned,
  dataset: { size: 100, sampleShape: [2] },
  backend: { name: 'cpu', threads: 1, precision: 'float32' },
} as RunConfig

test('a new run has the preset with the flags in their place', () => {
  expect(planned).toMatchObject({
    version: 3,
    app: 'points',
    preset: 'quick',
    ...data,
    seed: 7,
    model: { hidden: 4 },
    training: { steps: 20, latentSize: 5, batch: 4 },
  })
  expect(planned).not.toHaveProperty('conditional')
  expect(() => planConfig(app, { conditional: true }, data, versions)).toThrow(
    '--conditional names no attributes and points has none of its own',
  )
})

test('what is written is read back', () => {
  expect(checkRunConfig(JSON.parse(JSON.stringify(config)), 'run/config.json')).toEqual(config)
})

test.each<[string, object, string]>([
  [
    'an earlier version',
    { version: 2 },
    'run/config.json has version 2, expected 3: another version of gankit',
  ],
  ['a later version', { version: 4 }, 'has version 4, expected 3'],
  ['a field of another type', { seed: -1 }, 'seed is -1'],
  ['a field that is unknown', { sed: 1 }, 'run/config.json: sed is'],
  [
    'a precision that is none',
    { backend: { name: 'cpu', threads: 1, precision: 'half' } },
    'backend.precision',
  ],
  ['a setting out of range', { training: { ...config.training, batch: 1 } }, 'batch is 1, expected'],
])('%s is refused in one line', (_, changes, message) => {
  const read = () => checkRunConfig({ ...config, ...changes }, 'run/config.json')
  expect(read).toThrow(message)
  expect(read).not.toThrow('\n')
})

test('runs of earlier versions are described, and not more', () => {
  const old = { version: 2, app: 'points', preset: 'quick', training: { steps: 50, latent: 4 } }
  expect(describeRunConfig(old, 'c')).toEqual({ version: 2, app: 'points', preset: 'quick', steps: 50 })
  expect(describeRunConfig(config, 'c')).toMatchObject({ version: 3, steps: 20, config })
  expect(() => describeRunConfig({ ...old, version: 9 }, 'c')).toThrow('c has version 9, expected 1 to 3')
  expect(() => describeRunConfig({ version: 1 }, 'c')).toThrow('c names no app')
  expect(() => describeRunConfig(null, 'c')).toThrow('c has version undefined')
})

test('few images are augmented, and a person is told', () => {
  const lines: string[] = []
  const augment = (size: number) => fitToDataset(config.training, size, line => lines.push(line))
  expect(augment(300)).toBe(config.training)
  expect(lines).toEqual([])
  expect(augment(250)).toEqual({ ...config.training, augmentation: {} })
  expect(lines.splice(0)).toEqual([expect.stringContaining('250 images are fewer than the 300')])
  augment(12)
  expect(lines[0]).toContain('12 images are too few to learn from')
})

test('a dataset smaller than a batch gives the batch that it allows, and a person is told', () => {
  const lines: string[] = []
  const training = { ...config.training, batch: 32, augmentation: {} }
  expect(fitToDataset(training, 32, line => lines.push(line)).batch).toBe(32)
  expect(lines.filter(line => line.includes('batch'))).toEqual([])
  expect(fitToDataset(training, 7, line => lines.push(line))).toEqual({ ...training, batch: 7 })
  expect(lines).toContainEqual(
    expect.stringContaining('a batch takes 32 samples, and there are 7: batches are of 7'),
  )
})
