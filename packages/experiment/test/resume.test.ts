import { expect, test } from 'vitest'
import {
  checkDifferences,
  compareConfigs,
  type ResumeChanges,
  type RunConfig,
  resumeConfig,
} from '../src/index.ts'

const config: RunConfig = {
  version: 3,
  app: 'mnist-digits',
  preset: 'quick',
  data: 'embedded',
  dataOptions: { size: 28 },
  seed: 4,
  model: { hidden: [8, 8] },
  training: {
    steps: 100,
    batch: 32,
    latentSize: 64,
    discriminatorSteps: 1,
    objective: 'non-saturating',
    optimizers: {
      generator: { name: 'adam', learningRate: 2e-4 },
      discriminator: { name: 'adam', learningRate: 2e-4 },
    },
    sampleEvery: 50,
  },
  dataset: { size: 10_000, sampleShape: [28, 28, 1] },
  backend: { name: 'wasm', threads: 2, precision: 'float32' },
  versions: { gankit: '0.0.0', tfjs: '4.22.0', node: '20.20.0' },
}
const resume = (changes: ResumeChanges, acceptChanges = false, checkpointed = config) =>
  resumeConfig('runs/a', config, checkpointed, changes, acceptChanges)

test('a run goes on with what it was, and flags that say the same change nothing', () => {
  const same = { app: 'mnist-digits', seed: 4, preset: 'quick', dataOptions: { size: 28 } }
  for (const changes of [{}, { ...same, flags: { batch: 32, objective: 'non-saturating' } }])
    expect(resume(changes)).toEqual({ config, newEpoch: false, accepted: [] })
})

test('where it ends and how often it is looked at may change', () => {
  const flags = { steps: 200, sampleEvery: 5, checkpointEvery: 10, keep: 4 }
  const { config: changed, accepted } = resume({ flags })
  expect(changed.training).toEqual({ ...config.training, ...flags })
  expect(accepted).toEqual([])
})

test('other differences are listed, all of them, with the flag that accepts them', () => {
  const changes = { flags: { batch: 64, learningRateD: 1e-3 }, data: 'folder:/faces' }
  expect(() => resume(changes)).toThrow(
    'runs/a can\'t be resumed with this: --data is "embedded" in the run, "folder:/faces" here; --batch is 32 in the run, 64 here; --learning-rate-d is 0.0002 in the run, 0.001 here. Leave it as it was, or add --accept-changes',
  )
  const accepted = resume(changes, true)
  expect(accepted.config.training.batch).toBe(64)
  expect(accepted.newEpoch).toBe(true)
  expect(accepted.accepted).toHaveLength(3)
  expect(resume({ flags: { learningRate: 1e-3 } }, true).newEpoch).toBe(false)
})

test.each<[ResumeChanges, string]>([
  [{ flags: { latent: 32 } }, '--latent is 64 in the run, 32 here'],
  [{ seed: 5 }, '--seed is 4 in the run, 5 here'],
  [{ preset: 'full' }, '--preset is "quick" in the run, "full" here'],
  [{ flags: { optimizer: 'sgd' } }, '--optimizer is "adam" in the run, "sgd" here'],
  [{ app: 'other-app' }, 'app is "mnist-digits" in the run, "other-app" here'],
])('%o can’t change, accepted or not', (changes, message) => {
  for (const acceptChanges of [false, true]) {
    expect(() => resume(changes, acceptChanges)).toThrow(message)
    expect(() => resume(changes, acceptChanges)).toThrow('start a new run')
  }
})

test('a config.json that was edited since the checkpoint is noticed', () => {
  const edited = { ...config, training: { ...config.training, objective: 'hinge' as const } }
  expect(() => resumeConfig('runs/a', edited, config, {}, false)).toThrow(
    '--objective is "non-saturating" in the run, "hinge" here',
  )
  const reshaped = { ...config, model: { hidden: [8, 9] } }
  expect(() => resumeConfig('runs/a', reshaped, config, {}, true)).toThrow(
    'model.hidden is [8,8] in the run, [8,9] here',
  )
})

test('data that have become others are a difference', () => {
  const differences = compareConfigs({ dataset: config.dataset }, { dataset: { ...config.dataset, size: 9 } })
  expect(() => checkDifferences('runs/a', differences, false)).toThrow(
    'the number of samples is 10000 in the run, 9 here',
  )
  expect(() => checkDifferences('runs/a', differences, true)).not.toThrow()
})

test('differences are found leaf by leaf, also where something is missing', () => {
  expect(compareConfigs({ a: 1, b: { c: [1, 2], d: 'x' } }, { b: { c: [1, 3], d: 'x', e: null } })).toEqual([
    { path: 'a', run: 1, here: undefined },
    { path: 'b.c', run: [1, 2], here: [1, 3] },
    { path: 'b.e', run: undefined, here: null },
  ])
  expect(compareConfigs({ a: { b: 1 } }, { a: { b: 1 } })).toEqual([])
})
