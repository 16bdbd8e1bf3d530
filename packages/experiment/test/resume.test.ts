import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import { differencesOf } from '../src/differences.ts'
import type { TrainFlags } from '../src/flags.ts'
import { checkAccepted, resumedConfig } from '../src/resumed-config.ts'
import type { RunConfig } from '../src/run-config.ts'

const config: RunConfig = {
  version: 2,
  app: 'mnist-digits',
  preset: 'quick',
  data: 'embedded',
  dataOptions: { size: 28 },
  seed: 4,
  model: { hidden: [8, 8] },
  training: {
    steps: 100,
    batch: 32,
    latent: 64,
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
const resume = (flags: TrainFlags, checkpointed = config, app?: string) =>
  resumedConfig('runs/a', config, checkpointed, app, flags)

test('a run goes on with what it was, and flags that say the same change nothing', () => {
  for (const flags of [{}, { batch: 32, seed: 4, preset: 'quick', objective: 'non-saturating', size: 28 }])
    expect(resume(flags, config, 'mnist-digits')).toEqual({ config, newEpoch: false, accepted: [] })
})

test('where it ends and how often it is looked at may change', () => {
  const { config: changed, accepted } = resume({ steps: 200, sampleEvery: 5, checkpointEvery: 10, keep: 4 })
  expect(changed.training).toEqual({
    ...config.training,
    ...{ steps: 200, sampleEvery: 5, checkpointEvery: 10, keep: 4 },
  })
  expect(accepted).toEqual([])
})

test('other differences are listed, all of them, with the flag that accepts them', () => {
  const flags = { batch: 64, learningRateD: 1e-3, data: 'folder:faces' }
  expect(() => resume(flags)).toThrow(
    `runs/a does not go on with this: data is "embedded" in the run, "folder:${resolve('faces')}" here; batch is 32 in the run, 64 here; optimizers.discriminator.learningRate is 0.0002 in the run, 0.001 here. Leave it as it was, or add --accept-changes`,
  )
  const accepted = resume({ ...flags, acceptChanges: true })
  expect(accepted.config.training.batch).toBe(64)
  expect(accepted.newEpoch).toBe(true)
  expect(accepted.accepted).toHaveLength(3)
  expect(resume({ learningRate: 1e-3, acceptChanges: true }).newEpoch).toBe(false)
})

test.each([
  [{ latent: 32 }, undefined, 'latent is 64 in the run, 32 here'],
  [{ seed: 5 }, undefined, 'seed is 4 in the run, 5 here'],
  [{ preset: 'full' }, undefined, 'preset is "quick" in the run, "full" here'],
  [{ optimizer: 'sgd' }, undefined, 'optimizers.generator.name is "adam" in the run, "sgd" here'],
  [{}, 'other-app', 'app is "mnist-digits" in the run, "other-app" here'],
] as const)('%o and app %s can’t change, accepted or not', (flags, app, message) => {
  for (const acceptChanges of [false, true]) {
    const act = () => resume({ ...flags, acceptChanges }, config, app)
    expect(act).toThrow(message)
    expect(act).toThrow('start a new run')
  }
})

test('a config.json that was edited since the checkpoint is noticed', () => {
  const edited = { ...config, training: { ...config.training, objective: 'hinge' as const } }
  expect(() => resumedConfig('runs/a', edited, config, undefined, {})).toThrow(
    'objective is "non-saturating" in the run, "hinge" here',
  )
  const reshaped = { ...config, model: { hidden: [8, 9] } }
  expect(() => resumedConfig('runs/a', reshaped, config, undefined, { acceptChanges: true })).toThrow(
    'model.hidden is [8,8] in the run, [8,9] here',
  )
})

test('a run stays where it is', () => {
  expect(() => resume({ out: 'elsewhere' })).toThrow("--out is 'elsewhere': a run that goes on stays")
})

test('data that have become others are a difference', () => {
  const differences = differencesOf({ dataset: config.dataset }, { dataset: { ...config.dataset, size: 9 } })
  expect(() => checkAccepted('runs/a', differences, {})).toThrow('dataset.size is 10000 in the run, 9 here')
  expect(() => checkAccepted('runs/a', differences, { acceptChanges: true })).not.toThrow()
})

test('differences are found leaf by leaf, also where something is missing', () => {
  expect(differencesOf({ a: 1, b: { c: [1, 2], d: 'x' } }, { b: { c: [1, 3], d: 'x', e: null } })).toEqual([
    { path: 'a', run: 1, here: undefined },
    { path: 'b.c', run: [1, 2], here: [1, 3] },
    { path: 'b.e', run: undefined, here: null },
  ])
  expect(differencesOf({ a: { b: 1 } }, { a: { b: 1 } })).toEqual([])
})
